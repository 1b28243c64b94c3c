import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './dcmtk.js';
import { Program } from './program.js';
import { cleanEnvironment, entryOf } from './repository.js';
import { Waystation } from './waystation.js';

export type App = 'ingest' | 'routing' | 'dispatch' | 'processing' | 'audit' | 'control';

/** One process of an app, always on the same ports. */
export class Service {
  private current: Program | undefined;

  constructor(
    readonly app: App,
    readonly httpPort: number,
    /** Of an ingest. */
    readonly dicomPort: number,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  get program(): Program {
    if (this.current === undefined) throw new Error(`${this.app} was not launched`);
    return this.current;
  }

  get url(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  /** Starts the process, for the first time or again, and waits until it is ready. */
  async launch(): Promise<void> {
    this.current = Program.start(this.app, process.execPath, ['--enable-source-maps', entryOf(this.app)], {
      ...cleanEnvironment(),
      ...this.environment,
      WAYSTATION_HTTP_PORT: String(this.httpPort),
      WAYSTATION_DICOM_PORT: String(this.dicomPort),
    });
    await this.current.says(new RegExp(`${this.app} is ready`));
  }

  /** Ends the process as a crash would, and starts another on the same ports. */
  async crash(): Promise<void> {
    await this.program.kill();
    await this.launch();
  }
}

/** What the services of a test share: a database, a virtual host and a bucket of its own. */
export interface Substrate {
  readonly databaseUrl: string;
  readonly bus: string;
  readonly objects: string;
  /** Wraps the keys of patients. */
  readonly identityKey: string;
  /** Gives database and virtual host back. */
  remove(): Promise<void>;
}

const needed = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: whole-system tests run under the suite's global setup`);
  return value;
};

const management = async (method: string, path: string, body?: object): Promise<void> => {
  const url = new URL(needed('WAYSTATION_TEST_RABBITMQ_MANAGEMENT_URL'));
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
  const response = await fetch(new URL(path, url.origin), {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`RabbitMQ answered ${response.status} to ${method} ${path}: ${await response.text()}`);
};

const inDatabase = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: needed('WAYSTATION_TEST_POSTGRES_URL') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** Servers of a test that it may treat badly, in place of those of the suite. */
export type OwnServers = Partial<Pick<Substrate, 'databaseUrl' | 'bus' | 'objects'>>;

/** Makes a substrate on the real servers of the suite, except where the test brings its own. */
export const createSubstrate = async (own: OwnServers = {}): Promise<Substrate> => {
  const name = `journey_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  if (own.databaseUrl === undefined) await inDatabase(`create database ${name}`);
  if (own.bus === undefined) await createVirtualHost(name);
  const amqp = new URL(needed('WAYSTATION_TEST_AMQP_URL'));
  const database = new URL(needed('WAYSTATION_TEST_POSTGRES_URL'));
  const objects = new URL(needed('WAYSTATION_TEST_S3_URL'));
  database.pathname = name;
  amqp.pathname = `/${name}`;
  objects.pathname = `/${name.replaceAll('_', '-')}`;
  return {
    databaseUrl: database.href,
    bus: amqp.href,
    objects: objects.href,
    identityKey: randomBytes(32).toString('base64'),
    ...own,
    remove: async () => {
      if (own.bus === undefined) await management('DELETE', `/api/vhosts/${name}`);
      if (own.databaseUrl === undefined) await inDatabase(`drop database ${name} with (force)`);
    },
  };
};

const createVirtualHost = async (name: string): Promise<void> => {
  const { username } = new URL(needed('WAYSTATION_TEST_AMQP_URL'));
  await management('PUT', `/api/vhosts/${name}`);
  await management('PUT', `/api/permissions/${name}/${username}`, { configure: '.*', write: '.*', read: '.*' });
};

/** Services as production runs them: a process per app, any number of each. */
export class Services {
  private constructor(readonly all: readonly Service[]) {}

  /**
   * Starts services and waits until they are ready; control and audit among them.
   * @param settings of all of them
   */
  static async start(
    substrate: Substrate,
    folder: string,
    apps: readonly App[],
    settings: NodeJS.ProcessEnv = {},
  ): Promise<Services> {
    const all: Service[] = [];
    for (const [index, app] of apps.entries()) {
      const environment = {
        WAYSTATION_DATABASE_URL: substrate.databaseUrl,
        WAYSTATION_BUS: substrate.bus,
        WAYSTATION_OBJECTS: substrate.objects,
        WAYSTATION_DATA: join(folder, `${app}-${index}`),
        // What is delivered is not opened: dispatch needs no key.
        ...(app === 'dispatch' ? {} : { WAYSTATION_IDENTITY_KEY: substrate.identityKey }),
        ...settings,
      };
      all.push(new Service(app, await freePort(), await freePort(), environment));
    }
    await Promise.all(all.map((service) => service.launch()));
    return new Services(all);
  }

  get waystation(): Waystation {
    return new Waystation(this.one('audit').url, this.one('control').url);
  }

  /** The services of an app. */
  of(app: App): readonly Service[] {
    return this.all.filter((service) => service.app === app);
  }

  /** The first service of an app. */
  one(app: App): Service {
    const [service] = this.of(app);
    if (service === undefined) throw new Error(`no ${app} among the services`);
    return service;
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(({ program }) => program.stop()));
  }
}
