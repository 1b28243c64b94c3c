import { randomUUID } from 'node:crypto';
import { connect, type ChannelModel, type GetMessage } from 'amqplib';

/** A virtual host of the test broker that nobody else uses. */
export class VirtualHost {
  readonly name = `messaging-${randomUUID()}`;
  readonly #management = new URL(environment('WAYSTATION_TEST_RABBITMQ_MANAGEMENT_URL'));

  static async create(): Promise<VirtualHost> {
    const host = new VirtualHost();
    await host.begin();
    return host;
  }

  get url(): string {
    const url = new URL(environment('WAYSTATION_TEST_AMQP_URL'));
    url.pathname = `/${this.name}`;
    return url.href;
  }

  async begin(): Promise<void> {
    await this.request('PUT', `/vhosts/${this.name}`);
    const user = decodeURIComponent(this.#management.username);
    await this.request('PUT', `/permissions/${this.name}/${user}`, { configure: '.*', write: '.*', read: '.*' });
  }

  async remove(): Promise<void> {
    await this.request('DELETE', `/vhosts/${this.name}`);
  }

  /** Asks the management API; an answer that is not a success is an error. */
  async request(method: string, path: string, body?: unknown): Promise<unknown> {
    const { username, password, origin } = this.#management;
    const response = await fetch(`${origin}/api${path}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} got ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** Names of the connections as the broker sees them; a new one shows up after a few seconds. */
  async connections(): Promise<readonly string[]> {
    const listed = (await this.request('GET', `/vhosts/${this.name}/connections`)) as { name: string }[];
    return listed.map(({ name }) => name);
  }

  /** Does something on a connection of its own. */
  async visit<T>(task: (connection: ChannelModel) => Promise<T>): Promise<T> {
    const connection = await connect(this.url);
    connection.on('error', () => undefined);
    try {
      return await task(connection);
    } finally {
      await connection.close();
    }
  }

  /** Takes every message out of a queue. */
  async take(queue: string): Promise<readonly GetMessage[]> {
    return this.visit(async (connection) => {
      const channel = await connection.createChannel();
      const messages: GetMessage[] = [];
      for (;;) {
        const message = await channel.get(queue, { noAck: true });
        if (message === false) return messages;
        messages.push(message);
      }
    });
  }
}

const environment = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
};
