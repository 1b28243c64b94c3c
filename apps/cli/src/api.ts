import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { CodedError, messageOf } from '@waystation/kernel';
import { readerName } from './reader-name.js';

/** Where the read side and the write side listen, and the token they ask for. */
export interface ApiOptions {
  readonly url: string;
  readonly controlUrl: string;
  readonly token: string | undefined;
}

/** A line of an answer that takes long. */
interface ProgressLine {
  readonly progress?: unknown;
}

/** What its last line has. */
interface LastLine<Result> {
  readonly result?: Result;
  readonly problem?: { readonly code: string; readonly message: string };
}

/** The HTTP API of a running Waystation. */
export class Api {
  constructor(private readonly options: ApiOptions) {}

  /** Reads. @throws CodedError with the code of the answer, or `cli.unreachable` */
  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>(this.options.url, 'GET', path);
  }

  /** Has the read side do something with what is derived, or asks it what has no place in an address. */
  post<Answer>(path: string, body?: unknown): Promise<Answer> {
    return this.call<Answer>(this.options.url, 'POST', path, body);
  }

  /** Reads from the write side. */
  control<Answer>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    return this.call<Answer>(this.options.controlUrl, method, path, body);
  }

  /** Reads a page of the feed. @returns with it where the next one begins */
  async page<Answer>(path: string): Promise<{ readonly answer: Answer; readonly next: string }> {
    const response = await this.ask(this.options.url, 'GET', path);
    const answer = (await response.json()) as Answer;
    return { answer, next: response.headers.get('waystation-next') ?? '' };
  }

  /** Reads what is no JSON, as it comes. @throws as {@link get} */
  async stream(path: string): Promise<Readable> {
    const { body } = await this.ask(this.options.url, 'GET', path);
    return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream);
  }

  /** Has the read side do what takes long. @param onProgress told where it is, several times a second at most */
  async long<Answer>(
    method: 'GET' | 'POST',
    path: string,
    onProgress: (progress: unknown) => void,
    body?: unknown,
  ): Promise<Answer> {
    const lines = this.lines<ProgressLine, Answer>(method, path, body);
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) return value;
      onProgress(value.progress);
    }
  }

  /** Has the read side tell what it finds, line by line, and at the end what came of it. @throws as {@link get} */
  async *lines<Line, Result>(method: 'GET' | 'POST', path: string, body?: unknown): AsyncGenerator<Line, Result> {
    const response = await this.ask(this.options.url, method, path, body, 'application/x-ndjson');
    for await (const text of createInterface({ input: Readable.fromWeb(response.body as ReadableStream) })) {
      const line = JSON.parse(text) as LastLine<Result> & Awaited<Line>;
      if (line.problem) throw new CodedError(line.problem.code, line.problem.message);
      if (line.result !== undefined) return line.result;
      yield line;
    }
    throw new CodedError('cli.unreachable', 'Waystation went away before it had an answer');
  }

  private async call<Answer>(base: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await this.ask(base, method, path, body);
    return (await response.json().catch(() => ({}))) as Answer;
  }

  private async ask(base: string, method: string, path: string, body?: unknown, accept?: string): Promise<Response> {
    const url = new URL(path, base);
    const response = await fetch(url, {
      method,
      headers: {
        'waystation-reader': readerName(),
        ...(accept === undefined ? {} : { accept }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.options.token === undefined ? {} : { authorization: `Bearer ${this.options.token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const reason = messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
      const message = `no Waystation answers at ${url.origin} (${reason}); is it running? (npm start, or --url)`;
      throw new CodedError('cli.unreachable', message, { cause: error });
    });
    if (response.ok) return response;
    const answer = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
    const message = answer.message ?? `${method} ${url.href} answered ${response.status}`;
    throw new CodedError(answer.code ?? `http.${response.status}`, message);
  }
}
