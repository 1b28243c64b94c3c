import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { accepts, answersHttp } from './answers.js';
import { freePort, isFree } from './free-port.js';
import { unpackRabbitMq } from './rabbitmq-tree.js';
import { temporaryFolder } from './reaper.js';
import { SupervisedProcess } from './supervised-process.js';

const run = promisify(execFile);

/** A busy machine needs half a minute. */
const bootTimeoutMs = 90_000;

interface Ports {
  readonly amqp: number;
  readonly management: number;
  readonly distribution: number;
  readonly epmd: number;
}

/** A RabbitMQ node of its own, on loopback, that a test may treat badly. */
export class TestRabbitMq {
  private constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly ports: Ports,
    private readonly epmd: SupervisedProcess,
    private server: SupervisedProcess,
  ) {}

  static async start(folder: string): Promise<TestRabbitMq> {
    const root = await unpackRabbitMq();
    const ports = {
      amqp: await freePort(),
      management: await freePort(),
      distribution: await freePort(),
      epmd: await freePort(),
    };
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'plugins'), '[rabbitmq_management].');
    await writeFile(join(folder, 'rabbitmq.conf'), configuration(ports));
    // Ours, in the foreground: the one that the broker would start outlives it.
    const epmd = await startEpmd(root, folder, ports);
    return new TestRabbitMq(root, folder, ports, epmd, await startServer(root, folder, ports));
  }

  get url(): string {
    return `amqp://guest:guest@127.0.0.1:${this.ports.amqp}`;
  }

  get managementUrl(): string {
    return `http://guest:guest@127.0.0.1:${this.ports.management}`;
  }

  /** Leader of the broker's process group. */
  get pid(): number {
    return this.server.pid;
  }

  /** To the whole broker: SIGSTOP and SIGCONT make it hang and go on. */
  signal(name: NodeJS.Signals): void {
    this.server.signal(name);
  }

  /** Runs `rabbitmqctl` against it, as its operator would, and resolves to what that says. */
  async control(...args: readonly string[]): Promise<string> {
    const program = join(await serverFolder(this.root), 'sbin/rabbitmqctl');
    const env = environment(this.root, this.folder, this.ports);
    return (await run(program, [...args], { env, cwd: this.folder })).stdout;
  }

  /** SIGKILL, as a crash would end it. */
  async kill(): Promise<void> {
    await this.server.kill();
    const { amqp, management, distribution } = this.ports;
    for (const port of [amqp, management, distribution]) while (!(await isFree(port))) await sleep(20);
  }

  /** Same data, same ports; kills the broker first when it runs. */
  async restart(): Promise<void> {
    await this.kill();
    this.server = await startServer(this.root, this.folder, this.ports);
  }

  async stop(): Promise<void> {
    await this.kill();
    await this.epmd.kill();
  }
}

/** @param options.folder where its data goes; a temporary one unless told */
export const startRabbitMq = async (options: { readonly folder?: string } = {}): Promise<TestRabbitMq> =>
  TestRabbitMq.start(options.folder ?? (await temporaryFolder('rabbitmq')));

const configuration = ({ amqp, management }: Ports): string => `
listeners.tcp.1 = 127.0.0.1:${amqp}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${management}
disk_free_limit.absolute = 128MB
log.console = false
log.file = rabbit.log
`;

const environment = (root: string, folder: string, ports: Ports): NodeJS.ProcessEnv => ({
  HOME: folder,
  PATH: `${root}/usr/lib/erlang/bin:/usr/bin:/bin`,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  ERL_EPMD_PORT: String(ports.epmd),
  ERL_EPMD_ADDRESS: '127.0.0.1',
  ERL_CRASH_DUMP_SECONDS: '0',
  RABBITMQ_NODENAME: `waystation-${ports.amqp}@localhost`,
  RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
  RABBITMQ_LOG_BASE: join(folder, 'log'),
  RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
  RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
  RABBITMQ_CONF_ENV_FILE: join(folder, 'none'),
  RABBITMQ_DIST_PORT: String(ports.distribution),
  RABBITMQ_PID_FILE: join(folder, 'pid'),
  // Distribution on loopback only; idle schedulers sleep at once instead of spinning.
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:
    '-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none',
});

async function startEpmd(root: string, folder: string, ports: Ports): Promise<SupervisedProcess> {
  const runtime = (await readdir(`${root}/usr/lib/erlang`)).find((name) => name.startsWith('erts-')) ?? '';
  const epmd = await SupervisedProcess.start({
    name: 'epmd',
    command: `${root}/usr/lib/erlang/${runtime}/bin/epmd`,
    args: ['-port', String(ports.epmd), '-address', '127.0.0.1'],
    env: environment(root, folder, ports),
    cwd: folder,
    logFile: join(folder, 'epmd.log'),
  });
  return epmd.until(async () => accepts(ports.epmd), 10_000);
}

const serverFolder = async (root: string): Promise<string> => {
  const library = `${root}/usr/lib/rabbitmq/lib`;
  return join(library, (await readdir(library)).find((name) => name.startsWith('rabbitmq_server-')) ?? '');
};

async function startServer(root: string, folder: string, ports: Ports): Promise<SupervisedProcess> {
  const server = await SupervisedProcess.start({
    name: 'RabbitMQ',
    // Not the one in usr/sbin, which changes the user and the folder.
    command: join(await serverFolder(root), 'sbin/rabbitmq-server'),
    args: [],
    env: environment(root, folder, ports),
    cwd: folder,
    logFile: join(folder, 'rabbitmq.log'),
  });
  const management = `http://127.0.0.1:${ports.management}/`;
  return server.until(async () => (await accepts(ports.amqp)) && answersHttp(management), bootTimeoutMs);
}
