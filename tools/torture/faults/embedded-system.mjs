import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PostgresTap } from './postgres-tap.mjs';
import { Service } from './service.mjs';
import { freePort } from './servers.mjs';
import { System } from './system.mjs';

/**
 * Waystation in one process: the log is the bus, and objects are files. Its Postgres is a server of its own, so that a wire
 * can lie between.
 */
export async function embeddedSystem(servers, folder, seed) {
  const { database } = servers;
  const system = new System(servers, folder, await database.create(), seed);
  system.dispatcher = 'waystation';
  const data = join(folder, 'data');
  await mkdir(join(data, 'objects'), { recursive: true });
  system.objectsBehindNothing = system.objects = pathToFileURL(join(data, 'objects')).href;
  system.objectFolder = join(data, 'objects');
  const [httpPort, dicomPort] = [await freePort(), await freePort()];
  const wire = await system.wire(
    'waystation',
    'Postgres',
    () => database.port,
    () => new PostgresTap(),
  );
  const env = {
    ...system.environment({ httpPort, dicomPort, data }),
    WAYSTATION_DATABASE_URL: system.databaseBehind(wire),
  };
  const of = { name: 'waystation', entry: 'standalone', env, readyPattern: /Ctrl-C drains/ };
  system.services.push(new Service(of));
  await system.receiveAt('waystation', dicomPort);
  system.url = system.controlUrl = `http://127.0.0.1:${httpPort}`;
  return system;
}
