import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../input/random.mjs';
import { AmqpTap } from './amqp-tap.mjs';
import { News } from './news.mjs';
import { PostgresTap } from './postgres-tap.mjs';
import { S3Tap } from './s3-tap.mjs';
import { freePort } from './servers.mjs';
import { Service } from './service.mjs';
import { System } from './system.mjs';

const APPS = ['ingest', 'routing', 'dispatch', 'statistics', 'audit', 'control'];
/** Two of everything that may be there twice, in every so manieth run. */
const TWICE_IN = 3;

/** Waystation as production runs it: a process per app, over RabbitMQ, Postgres and S3, with a wire to each from each. */
export async function servicesSystem(servers, folder, seed) {
  const { database, broker, objects } = servers;
  const system = new ServicesSystem(servers, folder, await database.create(), seed);
  system.dispatcher = 'dispatch 1';
  system.virtualHost = await broker.createVirtualHost();
  system.objectsBehindNothing = objects.bucketUrl(`run-${randomUUID().slice(0, 12)}`);
  const twice = new Random(`${seed} twice`).oneIn(TWICE_IN);
  for (const app of APPS) await launchable(system, `${app} 1`, app);
  if (twice) for (const app of APPS.slice(0, 4)) await launchable(system, `${app} 2`, app);
  return system;
}

class ServicesSystem extends System {
  passingOn = 'relay';

  /** What is told again are news of the run, and the broker may have ended the connection in the last one. */
  async begin() {
    await this.news?.close();
    this.news = await News.listen(this.servers.broker.url(this.virtualHost));
  }

  queues() {
    return this.servers.broker.queues(this.virtualHost);
  }

  queuesNow() {
    return this.servers.broker.queuesNow(this.virtualHost);
  }

  async stop() {
    await super.stop();
    await this.news?.close();
  }

  async remove() {
    await super.remove();
    await this.servers.broker.removeVirtualHost(this.virtualHost);
  }
}

async function launchable(system, name, app) {
  const { database, broker, objects } = system.servers;
  const data = join(system.folder, name.replace(' ', '-'));
  await mkdir(data, { recursive: true });
  const [httpPort, dicomPort] = [await freePort(), await freePort()];
  const toDatabase = await system.wire(
    name,
    'Postgres',
    () => database.port,
    () => new PostgresTap(),
  );
  const toBroker = await system.wire(
    name,
    'RabbitMQ',
    () => broker.port,
    () => new AmqpTap(),
  );
  const toObjects = await system.wire(
    name,
    'the object store',
    () => objects.port,
    () => new S3Tap(),
  );
  const env = {
    ...system.environment({ httpPort, dicomPort, data }),
    WAYSTATION_DATABASE_URL: system.databaseBehind(toDatabase),
    WAYSTATION_BUS: broker.url(system.virtualHost, toBroker.port),
    WAYSTATION_OBJECTS: `${behind(system.objectsBehindNothing, toObjects.port)}&timeout=2`,
  };
  system.services.push(new Service({ name, entry: app, env, readyPattern: new RegExp(`${app} is ready`) }));
  if (app === 'ingest') await system.receiveAt(name, dicomPort);
  if (app === 'audit') system.url = `http://127.0.0.1:${httpPort}`;
  if (app === 'control') system.controlUrl = `http://127.0.0.1:${httpPort}`;
}

const behind = (url, port) => {
  const changed = new URL(url);
  changed.port = String(port);
  return changed.href;
};
