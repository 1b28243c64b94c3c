import { join } from 'node:path';
import { Broker } from './broker.mjs';
import { DatabaseServer } from './database-server.mjs';
import { ObjectServer } from './object-server.mjs';

/** The servers that runs stand on, one run after the other. Those of the services are started when they are first needed. */
export class World {
  #rest;

  static async start(folder) {
    const world = new World();
    world.folder = folder;
    world.database = await DatabaseServer.start(join(folder, 'postgres'));
    return world;
  }

  /** The servers of a substrate. */
  async of(substrate) {
    if (substrate === 'embedded') return { database: this.database };
    this.#rest ??= Promise.all([Broker.start(join(this.folder, 'rabbitmq')), ObjectServer.start()]);
    const [broker, objects] = await this.#rest;
    return { database: this.database, broker, objects };
  }

  async stop() {
    await this.database.stop();
    for (const server of (await this.#rest?.catch(() => [])) ?? []) await server.stop();
  }
}
