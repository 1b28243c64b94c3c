import { connect } from 'amqplib';

const EVENTS = 'waystation.events';

/** Listens to all news, so that they can be told once more, in another order. */
export class News {
  #heard = [];
  #connection;

  static async listen(url) {
    const news = new News();
    news.url = url;
    news.#connection = await connect(url);
    // What it has heard until the broker goes away is enough.
    news.#connection.on('error', () => undefined);
    const channel = await news.#connection.createChannel();
    channel.on('error', () => undefined);
    const { queue } = await channel.assertQueue('', { exclusive: true });
    await channel.bindQueue(queue, EVENTS, '#');
    await channel.consume(queue, (message) => message && news.#heard.push(message), { noAck: true });
    return news;
  }

  /** Publishes everything again, the last first. @returns false where there was nothing, or no broker to tell it to */
  async tellAgain() {
    const connection = await connect(this.url, { timeout: 2_000 }).catch(() => undefined);
    if (connection === undefined) return false;
    connection.on('error', () => undefined);
    try {
      const channel = await connection.createConfirmChannel();
      channel.on('error', () => undefined);
      for (const { fields, content, properties } of this.#heard.toReversed())
        channel.publish(EVENTS, fields.routingKey, content, properties);
      await channel.waitForConfirms();
      return this.#heard.length > 0;
    } catch {
      // The broker went away meanwhile.
      return false;
    } finally {
      await connection.close().catch(() => undefined);
    }
  }

  async close() {
    await this.#connection.close().catch(() => undefined);
  }
}
