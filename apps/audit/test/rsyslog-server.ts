import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { accepts } from '../../../test/services/answers.js';

/** Files of the server's certificate and its authority; over plain TCP and UDP where there are none. */
export interface RsyslogTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A real rsyslog that keeps every message it gets, one a line, as an audit repository would. */
export class RsyslogServer implements AsyncDisposable {
  #process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(port: number, tls?: RsyslogTls): Promise<RsyslogServer> {
    const folder = await mkdtemp(join(tmpdir(), 'rsyslog-'));
    await writeFile(join(folder, 'rsyslog.conf'), configuration(folder, port, tls));
    const server = new RsyslogServer(folder, port);
    await server.up();
    return server;
  }

  async up(): Promise<void> {
    const { folder, port } = this;
    const args = ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')];
    const child = spawn('rsyslogd', args, { stdio: 'ignore' });
    this.#process = child;
    for (let tries = 0; !(await accepts(port)); tries++) {
      if (child.exitCode !== null || tries > 200) throw new Error(`rsyslogd does not listen on ${port}`);
      await delay(50);
    }
  }

  /** Ends it as a crash would. */
  async down(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  /** What it has, in the order in which it came. */
  async messages(): Promise<readonly string[]> {
    const text = await readFile(join(this.folder, 'messages'), 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const configuration = (folder: string, port: number, tls: RsyslogTls | undefined): string => {
  const driver =
    tls === undefined
      ? ''
      : `defaultNetstreamDriver="gtls" defaultNetstreamDriverCAFile="${tls.ca}"
         defaultNetstreamDriverCertFile="${tls.certificate}" defaultNetstreamDriverKeyFile="${tls.key}"`;
  const mode =
    tls === undefined ? '' : 'StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="x509/certvalid"';
  return `
    global(workDirectory="${folder}" maxMessageSize="64k" ${driver})
    module(load="imtcp" ${mode})
    module(load="imudp")
    template(name="raw" type="string" string="%rawmsg%\\n")
    input(type="imtcp" port="${port}" address="127.0.0.1")
    ${tls === undefined ? `input(type="imudp" port="${port}" address="127.0.0.1")` : ''}
    action(type="omfile" file="${folder}/messages" template="raw")
  `;
};
