import { randomUUID } from 'node:crypto';
import { services } from './servers.mjs';

/** A RabbitMQ with a virtual host for every run. */
export class Broker {
  #server;
  #last = Promise.resolve();
  #away = false;

  static async start(folder) {
    const broker = new Broker();
    broker.#server = await (await services('rabbitmq')).startRabbitMq({ folder });
    return broker;
  }

  get port() {
    return Number(new URL(this.#server.url).port);
  }

  /** How a service reaches a virtual host. @param port of a wire before it */
  url(virtualHost, port = this.port) {
    const url = new URL(this.#server.url);
    url.port = String(port);
    url.pathname = `/${virtualHost}`;
    return url.href;
  }

  async createVirtualHost() {
    const name = `run-${randomUUID().slice(0, 12)}`;
    await this.#manage('PUT', `vhosts/${name}`);
    await this.#manage('PUT', `permissions/${name}/guest`, { configure: '.*', write: '.*', read: '.*' });
    return name;
  }

  removeVirtualHost(name) {
    return this.#manage('DELETE', `vhosts/${name}`);
  }

  /** Every queue with the messages in it, whether somebody has been given them or not, as of some seconds ago. */
  async queues(virtualHost) {
    const queues = await this.#manage('GET', `queues/${virtualHost}?disable_stats=true&enable_queue_totals=true`);
    return queues.map(({ name, messages = 0 }) => ({ name, messages }));
  }

  /** The same as of now: the queues themselves are asked, which takes a second. */
  async queuesNow(virtualHost) {
    const text = await this.#server.control(
      'list_queues',
      '-p',
      virtualHost,
      'name',
      'messages',
      '--formatter',
      'json',
      '-q',
    );
    return JSON.parse(text);
  }

  kill() {
    return this.#inTurn(() => {
      this.#away = true;
      return this.#server.kill();
    });
  }

  restart() {
    return this.#inTurn(async () => {
      await this.#server.restart();
      this.#away = false;
    });
  }

  pause() {
    return this.#inTurn(() => this.#signal('SIGSTOP'));
  }

  /** At once: whoever has its turn may wait for it. */
  resume() {
    this.#signal('SIGCONT');
  }

  /** It holds more memory than it may: it takes no messages from anybody. @returns whether it says so itself */
  alarm() {
    return this.#inTurn(async () => {
      await this.#control('0.000001');
      const { status } = await this.#ask('GET', 'health/checks/local-alarms').catch(() => ({}));
      return status === 503;
    });
  }

  endAlarm() {
    return this.#inTurn(() => this.#control('0.6'));
  }

  stop() {
    return this.#server.stop();
  }

  async #manage(method, path, body) {
    const response = await this.#ask(method, path, body);
    if (!response.ok)
      throw new Error(`RabbitMQ answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    const text = await response.text();
    return text === '' ? undefined : JSON.parse(text);
  }

  #ask(method, path, body) {
    const { origin, username, password } = new URL(this.#server.managementUrl);
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    return fetch(`${origin}/api/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
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

  /** @param watermark of the memory of the machine. A broker that is away has no alarm. */
  async #control(watermark) {
    if (!this.#away) await this.#server.control('set_vm_memory_high_watermark', watermark);
  }
}
