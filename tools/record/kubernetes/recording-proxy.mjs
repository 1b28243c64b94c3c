import { once } from 'node:events';
import { createServer } from 'node:http';
import { request } from 'node:https';
import { buffer } from 'node:stream/consumers';

const NEWLINE = 10;

/** Between a client and the API server: it writes down what is asked and answered, and changes neither. Tokens are not written down. */
export class RecordingProxy {
  /** In the order in which they were asked. */
  exchanges = [];
  /** Which request is to lose its answer, as `POST /path`: the server has carried it out then. */
  losing = undefined;
  #isCut = false;
  #server = createServer((asked, answer) => void this.#pass(asked, answer));

  /** @param port of the API server */
  static async start(port) {
    const proxy = new RecordingProxy();
    proxy.port = port;
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get address() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** Whoever asks does not reach the server any more, and what is open breaks off. */
  cut() {
    this.#isCut = true;
    for (const exchange of this.exchanges) exchange.end ??= 'broken';
    this.#server.closeAllConnections();
  }

  mend() {
    this.#isCut = false;
  }

  async stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(asked, answer) {
    const body = await buffer(asked);
    const exchange = { asked: `${asked.method} ${asked.url}`, type: asked.headers['content-type'] };
    if (body.length > 0) exchange.body = JSON.parse(body);
    this.exchanges.push(exchange);
    if (this.#isCut) {
      exchange.end = 'refused';
      answer.destroy();
      return;
    }
    const { authorization, accept } = asked.headers;
    const headers = { authorization, accept, 'content-type': exchange.type, 'content-length': body.length };
    const place = { host: '127.0.0.1', port: this.port, path: asked.url, method: asked.method };
    const sent = request({ ...place, headers, rejectUnauthorized: false, agent: false });
    answer.on('close', () => sent.destroy());
    sent.on('error', () => {
      exchange.end ??= answer.writableFinished || answer.destroyed ? 'left' : 'refused';
      answer.destroy();
    });
    sent.on('response', (answered) => this.#answer(exchange, answered, answer));
    sent.end(body);
  }

  #answer(exchange, answered, answer) {
    const pieces = [];
    Object.assign(exchange, { heard: [], status: answered.statusCode, gives: answered.headers['content-type'] });
    const close = (end) => {
      exchange.end ??= end;
      exchange.text = Buffer.concat(pieces).toString('utf8');
    };
    // The client has had enough: that is how a watch and a log that nobody ends are left.
    answer.on('close', () => close(answer.writableFinished ? 'ended' : 'left'));
    if (exchange.asked === this.losing) {
      this.losing = undefined;
      answered.resume().on('end', () => {
        close('lost');
        answer.destroy();
      });
      return;
    }
    answer.writeHead(exchange.status, { 'content-type': exchange.gives });
    answer.flushHeaders();
    answered.on('data', (piece) => {
      pieces.push(piece);
      for (const byte of piece) if (byte === NEWLINE) exchange.heard.push(this.exchanges.length);
      answer.write(piece);
    });
    answered.on('end', () => answer.end());
    answered.on('error', () => {
      close('broken');
      answer.destroy();
    });
  }
}
