import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cephConfiguration, type CephPlace } from './ceph-configuration.js';
import { SupervisedProcess } from './supervised-process.js';

const run = promisify(execFile);

/** Who may do what: monitor, administrator, object daemon, gateway. */
const keys = [
  ['mon.', '--cap', 'mon', 'allow *'],
  ['client.admin', '--cap', 'mon', 'allow *', '--cap', 'osd', 'allow *'],
  ['osd.0', '--cap', 'mon', 'allow profile osd', '--cap', 'osd', 'allow *'],
  ['client.rgw.a', '--cap', 'mon', 'allow rw', '--cap', 'osd', 'allow rwx'],
] as const;

/** The programs of one Ceph cluster in one folder. */
export class CephCluster {
  constructor(
    private readonly root: string,
    private readonly libraryPath: string,
    private readonly place: CephPlace,
  ) {}

  /** Writes the configuration and the maps, and makes the two stores. The object daemon is put into the first map by hand. */
  async initialise(): Promise<void> {
    const { folder, clusterId, monitorPort } = this.place;
    for (const name of ['mon', 'osd', 'rgw']) await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, 'ceph.conf'), cephConfiguration(this.place));
    await writeFile(join(folder, 'keyring'), '', { mode: 0o600 });
    for (const [name, ...capabilities] of keys) {
      await this.run('ceph-authtool', ['keyring', '--gen-key', '-n', name, ...capabilities]);
    }
    const monitor = `[v2:127.0.0.1:${monitorPort}/0]`;
    await this.run('monmaptool', ['--create', '--fsid', clusterId, '--addv', 'a', monitor, 'monmap']);
    await this.run('osdmaptool', ['-c', 'ceph.conf', '--createsimple', '1', 'osdmap']);
    const maps = ['--monmap', 'monmap', '--osdmap', 'osdmap', '--keyring', 'keyring'];
    await this.run('ceph-mon', ['-c', 'ceph.conf', '-i', 'a', '--mkfs', ...maps]);
  }

  async startStores(): Promise<readonly SupervisedProcess[]> {
    const monitor = await this.start('ceph-mon', ['-i', 'a']);
    await this.run('ceph-osd', ['-c', 'ceph.conf', '-i', '0', '--mkfs', '--osd-uuid', randomUUID()]);
    return [monitor, await this.start('ceph-osd', ['-i', '0'])];
  }

  async startGateway(): Promise<SupervisedProcess> {
    return this.start('radosgw', ['-n', 'client.rgw.a']);
  }

  async createUser(accessKey: string, secretKey: string): Promise<void> {
    const user = [
      '--uid=waystation',
      '--display-name=Waystation',
      `--access-key=${accessKey}`,
      `--secret=${secretKey}`,
    ];
    await this.run('radosgw-admin', ['-c', 'ceph.conf', '-n', 'client.rgw.a', 'user', 'create', ...user]);
  }

  private async start(program: string, args: readonly string[]): Promise<SupervisedProcess> {
    const { folder } = this.place;
    return SupervisedProcess.start({
      name: program,
      command: join(this.root, 'usr/bin', program),
      args: ['-c', 'ceph.conf', '-f', ...args],
      env: this.environment,
      cwd: folder,
      logFile: join(folder, `${program}.out`),
    });
  }

  private async run(program: string, args: readonly string[]): Promise<void> {
    await run(join(this.root, 'usr/bin', program), args, { cwd: this.place.folder, env: this.environment });
  }

  private get environment(): NodeJS.ProcessEnv {
    return { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', LD_LIBRARY_PATH: this.libraryPath };
  }
}
