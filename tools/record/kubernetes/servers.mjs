import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Programs of a control plane, each with what it says in a file of its own. */
export class Servers {
  #running = new Map();

  /** @param binaries folder of etcd, kube-apiserver and their like @param folder for what they say */
  constructor(binaries, folder) {
    this.binaries = binaries;
    this.folder = folder;
  }

  start(name, args) {
    const child = spawn(join(this.binaries, name), args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = createWriteStream(join(this.folder, `${name}.log`), { flags: 'a' });
    for (const stream of [child.stdout, child.stderr]) stream.pipe(said, { end: false });
    child.on('error', (error) => said.write(`${error.message}\n`));
    this.#running.set(name, child);
  }

  async stop(name) {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child === undefined || child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(late);
  }

  async stopAll() {
    for (const name of [...this.#running.keys()].reverse()) await this.stop(name);
  }
}

/** A port of the loopback interface that nobody has. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
