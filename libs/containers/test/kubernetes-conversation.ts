import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** One request and what is answered; `JOB` stands for the name of the Job that was created. */
export interface Exchange {
  /** Method and path, and the query where it counts, such as `GET /api/v1/namespaces/ns/pods?watch=true`. */
  readonly asked: string;
  readonly status?: number;
  readonly json?: unknown;
  /** A stream of JSON, a line each, as a watch has it. */
  readonly lines?: readonly unknown[];
  readonly text?: string;
  /** Whether the answer ends; a watch stays open else, until the client has enough. */
  readonly ends?: boolean;
  /** Whether the connection is cut instead of ended. */
  readonly breaks?: boolean;
  /** Whether it may be asked any number of times. */
  readonly again?: boolean;
}

export interface Asked {
  readonly asked: string;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly isWatch: boolean;
  readonly body: unknown;
}

/** Answers as the Kubernetes API did or is specified to, one exchange for each request, and remembers what was asked. */
export class KubernetesConversation {
  readonly asked: Asked[] = [];
  /** What nobody foresaw: a test that ends with any has seen something else than it says. */
  readonly unforeseen: string[] = [];
  private readonly used = new Set<Exchange>();
  private job = '';
  private readonly server = createServer((request, answer) => void this.#answer(request, answer));

  private constructor(
    private readonly exchanges: readonly Exchange[],
    private readonly folder: string,
  ) {}

  /** Listens, and has this process find it as its cluster. */
  static async start(exchanges: readonly Exchange[]): Promise<KubernetesConversation> {
    const conversation = new KubernetesConversation(exchanges, await mkdtemp(join(tmpdir(), 'waystation-kubernetes-')));
    conversation.server.listen(0, '127.0.0.1');
    await once(conversation.server, 'listening');
    const { port } = conversation.server.address() as AddressInfo;
    const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    const config = {
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'test', user: { token: 'a-token' } }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    };
    const file = join(conversation.folder, 'config');
    // YAML has JSON in it.
    await writeFile(file, JSON.stringify(config));
    process.env['KUBECONFIG'] = file;
    return conversation;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The bodies that were sent so. */
  bodies(asked: string): readonly unknown[] {
    return this.asked.filter((one) => one.asked === asked).map(({ body }) => body);
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const content = await text(request);
    const body: unknown = content === '' ? undefined : JSON.parse(content);
    this.job = nameIn(body) ?? this.job;
    const asked = `${request.method ?? ''} ${this.#withoutName(request.url ?? '')}`;
    const { authorization, 'content-type': type } = request.headers;
    this.asked.push({
      asked: asked.replace(/\?.*/, ''),
      isWatch: asked.includes('watch=true'),
      authorization,
      type,
      body,
    });
    const exchange = this.exchanges.find((one) => !this.used.has(one) && isMeant(one.asked, asked));
    if (exchange === undefined) {
      this.unforeseen.push(asked);
      answer.writeHead(501).end();
      return;
    }
    if (exchange.again !== true) this.used.add(exchange);
    this.#write(exchange, answer);
  }

  #write(
    { status = 200, json, lines, text: plain = '', ends = true, breaks = false }: Exchange,
    answer: ServerResponse,
  ): void {
    const content =
      lines?.map((line) => `${JSON.stringify(line)}\n`).join('') ?? (json === undefined ? plain : JSON.stringify(json));
    answer.writeHead(status, { 'content-type': json === undefined ? 'text/plain' : 'application/json' });
    answer.write(content.replaceAll('JOB', this.job), () => (breaks ? answer.destroy() : undefined));
    if (content === '') answer.flushHeaders();
    if (ends && !breaks) answer.end();
  }

  #withoutName(url: string): string {
    return this.job === '' ? url : url.replaceAll(this.job, 'JOB');
  }
}

/** What is not in the query that was foreseen does not count. */
const isMeant = (foreseen: string, asked: string): boolean => {
  const [path, query = ''] = foreseen.split('?');
  const [askedPath, askedQuery = ''] = asked.split('?');
  const found = new URLSearchParams(askedQuery);
  return (
    path === askedPath &&
    found.has('watch') === query.includes('watch') &&
    [...new URLSearchParams(query)].every(([name, value]) => found.get(name) === value)
  );
};

const nameIn = (body: unknown): string | undefined => {
  const { kind, metadata } = (body ?? {}) as { readonly kind?: string; readonly metadata?: { readonly name: string } };
  return kind === 'Job' ? metadata?.name : undefined;
};
