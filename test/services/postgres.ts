import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../libs/embedded-postgres/src/index.js';
import { freePort } from './free-port.js';
import { adoptProcessGroup, temporaryFolder } from './reaper.js';

/** A real Postgres that a test may treat badly. */
export class TestPostgres {
  private constructor(
    private readonly dataFolder: string,
    private server: EmbeddedPostgres,
  ) {}

  static async start(folder?: string): Promise<TestPostgres> {
    const dataFolder = `${folder ?? (await temporaryFolder('postgres'))}/data`;
    return new TestPostgres(dataFolder, await launch(dataFolder, await freePort()));
  }

  /** For the superuser. */
  get url(): string {
    return this.server.url;
  }

  get pid(): number {
    return this.server.pid;
  }

  /** SIGKILL to the server, as a crash would end it. */
  async kill(): Promise<void> {
    process.kill(this.server.pid, 'SIGKILL');
    await this.server.exited;
  }

  /** Same data, same URL; stops the server first when it runs. */
  async restart(): Promise<void> {
    await this.server.stop();
    this.server = await launch(this.dataFolder, this.server.port);
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }
}

/** @param folder where its data goes; a temporary one unless told */
export const startPostgres = async (options: { readonly folder?: string } = {}): Promise<TestPostgres> =>
  TestPostgres.start(options.folder);

const launch = async (dataFolder: string, port: number): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ dataFolder, port });
  adoptProcessGroup(server.pid);
  return server;
};
