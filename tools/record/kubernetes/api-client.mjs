import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 900_000;

/** What an administrator of the cluster does; nothing of it is recorded. */
export class ApiClient {
  constructor(port, token) {
    this.port = port;
    this.token = token;
  }

  get(path) {
    return this.ask('GET', path);
  }

  post(path, body) {
    return this.ask('POST', path, body);
  }

  delete(path, body = { apiVersion: 'v1', kind: 'DeleteOptions' }) {
    return this.ask('DELETE', path, body);
  }

  /** @param kind `merge`, or `strategic-merge`, which knows conditions and containers by their names */
  patch(path, body, kind = 'merge') {
    return this.ask('PATCH', path, body, `application/${kind}-patch+json`);
  }

  /** The answer as JSON, or as text where it is none. Throws where it is a refusal, with its status. */
  async ask(method, path, body, type = 'application/json') {
    const { status, content } = await this.#send(method, path, body, type);
    const answer = content.startsWith('{') ? JSON.parse(content) : content;
    if (status < 300) return answer;
    throw Object.assign(new Error(`${method} ${path}: ${status} ${answer.message ?? content}`), { status });
  }

  /** Asks until what is there is as wanted, and gives that back. */
  async until(path, isWanted) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = await this.get(path).catch((error) => ({ error }));
      const wanted = found.error === undefined && isWanted(found);
      if (wanted) return wanted === true ? found : wanted;
      if (Date.now() > end) throw new Error(`${path} is not as wanted: ${found.error ?? JSON.stringify(found)}`);
      await sleep(50);
    }
  }

  #send(method, path, body, type) {
    const content = body === undefined ? '' : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': type,
      'content-length': Buffer.byteLength(content),
    };
    const place = {
      host: '127.0.0.1',
      port: this.port,
      path,
      method,
      headers,
      rejectUnauthorized: false,
      agent: false,
    };
    return new Promise((resolve, reject) => {
      const sent = request(place, (answer) => {
        text(answer).then((said) => resolve({ status: answer.statusCode, content: said }), reject);
      });
      sent.on('error', reject).end(content);
    });
  }
}
