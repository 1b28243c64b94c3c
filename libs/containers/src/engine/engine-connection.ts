import { request, type IncomingMessage } from 'node:http';
import { CodedError, messageOf } from '@waystation/kernel';
import { answerText } from '../http/answer-text.js';
import { reasonIn } from '../http/reason-in.js';
import type { EngineAddress } from './engine-address.js';

/** Understood by Docker since 20.10 and by Podman since 4. */
const API = '/v1.41';

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Behind the version, with its query. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The Docker Engine API, as Docker and Podman serve it, over a socket or TCP. */
export class EngineConnection {
  constructor(private readonly address: EngineAddress) {}

  /** The answer as JSON; undefined where it is empty. Throws as {@link EngineConnection.open} does. */
  async json(asked: EngineRequest): Promise<unknown> {
    const text = await answerText(await this.open(asked));
    return text.trim() === '' ? undefined : JSON.parse(text);
  }

  /**
   * The answer as a stream.
   * @throws CodedError `container.engine-unreachable`, or `container.engine-refused` with `details.status`
   */
  async open(asked: EngineRequest): Promise<IncomingMessage> {
    const answer = await this.#send(asked);
    const status = answer.statusCode ?? 0;
    // 304: it is so already.
    if ((status >= 200 && status < 300) || status === 304) return answer;
    const [path = ''] = asked.path.split('?');
    const sentence = `the container engine answered ${asked.method} ${path} with ${status}: ${reasonIn(await answerText(answer))}`;
    throw new CodedError('container.engine-refused', sentence, { details: { status } });
  }

  #send({ method, path, body, headers, signal }: EngineRequest): Promise<IncomingMessage> {
    const content = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...this.address,
          method,
          path: API + path,
          headers: { host: 'engine', 'content-type': 'application/json', ...headers },
          // A connection of its own for each: those that follow a log are open for hours.
          agent: false,
          ...(signal === undefined ? {} : { signal }),
        },
        resolve,
      );
      sent.on('error', (cause) => reject(signal?.aborted === true ? signal.reason : this.#unreachable(cause)));
      sent.end(content);
    });
  }

  #unreachable(cause: unknown): CodedError {
    const place = 'socketPath' in this.address ? this.address.socketPath : `${this.address.host}:${this.address.port}`;
    const sentence = `no container engine can be reached at ${place}: ${messageOf(cause)}`;
    return new CodedError('container.engine-unreachable', sentence, { cause });
  }
}
