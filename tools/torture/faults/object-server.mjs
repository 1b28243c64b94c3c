import { services } from './servers.mjs';

/** An S3 server with a bucket for every run. */
export class ObjectServer {
  #server;
  #last = Promise.resolve();

  static async start() {
    const server = new ObjectServer();
    server.#server = await (await services('ceph-rgw')).startCephRgw();
    return server;
  }

  get port() {
    return Number(new URL(this.#server.url).port);
  }

  bucketUrl(bucket) {
    const url = new URL(this.#server.url);
    url.pathname = `/${bucket}`;
    return url.href;
  }

  kill() {
    return this.#inTurn(() => this.#server.kill());
  }

  restart() {
    return this.#inTurn(() => this.#server.restart());
  }

  pause() {
    return this.#inTurn(() => this.#signal('SIGSTOP'));
  }

  /** At once: whoever has its turn may wait for it. */
  resume() {
    this.#signal('SIGCONT');
  }

  stop() {
    return this.#server.stop();
  }

  /** Faults of a run may meet: one after the other. */
  #inTurn(act) {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #signal(name) {
    try {
      this.#server.signal(name);
    } catch (error) {
      // It was killed meanwhile.
      if (error.code !== 'ESRCH') throw error;
    }
  }
}
