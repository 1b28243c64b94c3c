import { CodedError, messageOf } from '@waystation/kernel';

/** Where the read side and the write side listen, and the token they ask for. */
export interface ApiOptions {
  readonly url: string;
  readonly controlUrl: string;
  readonly token: string | undefined;
}

/** The HTTP API of a running Waystation. */
export class Api {
  constructor(private readonly options: ApiOptions) {}

  /** Reads. @throws CodedError with the code of the answer, or `cli.unreachable` */
  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>(this.options.url, 'GET', path);
  }

  /** Has the read side do something with what is derived. */
  post<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>(this.options.url, 'POST', path);
  }

  /** Reads from the write side. */
  control<Answer>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    return this.call<Answer>(this.options.controlUrl, method, path, body);
  }

  private async call<Answer>(base: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const url = new URL(path, base);
    const response = await fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.options.token === undefined ? {} : { authorization: `Bearer ${this.options.token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      const reason = messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
      const message = `no Waystation answers at ${url.origin} (${reason}); is it running? (npm start, or --url)`;
      throw new CodedError('cli.unreachable', message, { cause: error });
    });
    const answer = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
    if (response.ok) return answer as Answer;
    const message = answer.message ?? `${method} ${url.href} answered ${response.status}`;
    throw new CodedError(answer.code ?? `http.${response.status}`, message);
  }
}
