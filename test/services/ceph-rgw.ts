import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { answersHttp } from './answers.js';
import { CephCluster } from './ceph-cluster.js';
import { unpackCeph } from './ceph-tree.js';
import { freePort, isFree } from './free-port.js';
import { libraryPath } from './library-path.js';
import { temporaryFolder } from './reaper.js';
import type { SupervisedProcess } from './supervised-process.js';

const bootTimeoutMs = 90_000;
const accessKey = 'WAYSTATIONTEST';
const secretKey = 'waystation-test-secret';

/** An S3 server that a test may treat badly: Ceph's gateway over a store in memory. */
export class TestCephRgw {
  private constructor(
    private readonly cluster: CephCluster,
    private readonly s3Port: number,
    private readonly stores: readonly SupervisedProcess[],
    private gateway: SupervisedProcess,
  ) {}

  static async start(folder: string): Promise<TestCephRgw> {
    const root = await unpackCeph();
    const libraries = await libraryPath(root);
    const s3Port = await freePort();
    const cluster = new CephCluster(root, libraries, {
      folder,
      libraries: libraries.split(':')[0] ?? '',
      clusterId: randomUUID(),
      monitorPort: await freePort(),
      s3Port,
    });
    await cluster.initialise();
    const stores = await cluster.startStores();
    const gateway = await startGateway(cluster, s3Port);
    await cluster.createUser(accessKey, secretKey);
    return new TestCephRgw(cluster, s3Port, stores, gateway);
  }

  /** Names the bucket `waystation-test`, which does not exist yet. */
  get url(): string {
    return `s3://${accessKey}:${secretKey}@127.0.0.1:${this.s3Port}/waystation-test?tls=false`;
  }

  /** The gateway's. */
  get pid(): number {
    return this.gateway.pid;
  }

  /** To the gateway: SIGSTOP and SIGCONT make it hang and go on. */
  signal(name: NodeJS.Signals): void {
    this.gateway.signal(name);
  }

  /** SIGKILL to the gateway; the objects stay. */
  async kill(): Promise<void> {
    await this.gateway.kill();
    while (!(await isFree(this.s3Port))) await sleep(20);
  }

  /** Same objects, same URL; kills the gateway first when it runs. */
  async restart(): Promise<void> {
    await this.kill();
    this.gateway = await startGateway(this.cluster, this.s3Port);
  }

  async stop(): Promise<void> {
    await Promise.all([this.gateway, ...this.stores].map(async (one) => one.kill()));
  }
}

/** @param options.folder where its logs and maps go; a temporary one unless told */
export const startCephRgw = async (options: { readonly folder?: string } = {}): Promise<TestCephRgw> =>
  TestCephRgw.start(options.folder ?? (await temporaryFolder('ceph')));

const startGateway = async (cluster: CephCluster, port: number): Promise<SupervisedProcess> => {
  const gateway = await cluster.startGateway();
  return gateway.until(async () => answersHttp(`http://127.0.0.1:${port}/`), bootTimeoutMs);
};
