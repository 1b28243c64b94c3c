import { PeerProcess } from './peer-process.mjs';
import { figuresOf } from './process-figures.mjs';

const program = new URL('servers/s3.mjs', import.meta.url);

/** An S3 server with nothing in it. */
export class ObjectServer {
  #server = new PeerProcess(program);
  url;

  static async start() {
    const server = new ObjectServer();
    server.url = (await server.#server.said()).url;
    return server;
  }

  /** Of the gateway and what is below it. */
  get cpuMs() {
    return figuresOf(this.#server.pid).cpuMs;
  }

  async stop() {
    await this.#server.stop();
  }
}
