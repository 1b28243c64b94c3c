import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isDeepStrictEqual } from 'node:util';
import type { RecordedExchange } from './recording.js';

const TOKEN = 'a-token';
/** Of Jobs that an executor makes up as it goes. */
const MADE_UP = /waystation-[0-9a-f]{16}/g;

/** Answers as the API server did when it was recorded, each request as often as it was asked then, and nothing else. */
export class RecordedCluster {
  /** What was asked otherwise than when it was recorded, or more often. */
  readonly unforeseen: string[] = [];
  private readonly left: RecordedExchange[];
  private count = 0;
  private readonly news = new EventEmitter();
  private name: string | undefined;
  private readonly recordedName: string | undefined;
  private readonly server = createServer((request, answer) => void this.#answer(request, answer));

  private constructor(
    exchanges: readonly RecordedExchange[],
    private readonly folder: string,
  ) {
    this.left = [...exchanges];
    this.recordedName = nameIn(exchanges[0]?.body);
  }

  /** Listens, and has this process find it as its cluster. */
  static async start(exchanges: readonly RecordedExchange[]): Promise<RecordedCluster> {
    const cluster = new RecordedCluster(exchanges, await mkdtemp(join(tmpdir(), 'waystation-kubernetes-')));
    cluster.server.listen(0, '127.0.0.1');
    await once(cluster.server, 'listening');
    const { port } = cluster.server.address() as AddressInfo;
    const file = join(cluster.folder, 'config');
    await writeFile(file, kubeconfig(`http://127.0.0.1:${port}`));
    process.env['KUBECONFIG'] = file;
    return cluster;
  }

  /** What was asked when it was recorded, and not now. */
  get unasked(): readonly string[] {
    return this.left.map(({ asked }) => asked);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const content = await text(request);
    this.name ??= nameIn(content === '' ? undefined : JSON.parse(content));
    const asked = this.#asRecorded(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = content === '' ? undefined : timeless(this.#asRecorded(content));
    const index = this.left.findIndex((one) => one.asked === asked);
    const [exchange] = index === -1 ? [] : this.left.splice(index, 1);
    if (exchange === undefined || !isSame(exchange, request, body)) {
      this.unforeseen.push(`${asked} ${content}`);
      answer.writeHead(501).end();
      return;
    }
    this.count += 1;
    this.news.emit('asked');
    await this.#write(exchange, answer);
  }

  async #write(exchange: RecordedExchange, answer: ServerResponse): Promise<void> {
    const { status = 500, json, text: plain = '', lines = [], heard = [], end } = exchange;
    if (end === 'refused' || end === 'lost') {
      answer.destroy();
      return;
    }
    answer.writeHead(status, { 'content-type': json === undefined ? 'text/plain' : 'application/json' });
    answer.flushHeaders();
    answer.write(this.#asNow(json === undefined ? plain : JSON.stringify(json)));
    for (const [index, line] of lines.entries()) {
      // What came after a request comes after it now.
      while (this.count < (heard[index] ?? 0) && !answer.destroyed) await once(this.news, 'asked');
      answer.write(`${this.#asNow(JSON.stringify(line))}\n`);
    }
    // Nobody ended what the client had left.
    if (end === undefined) answer.end();
    else if (end === 'broken') answer.write('', () => answer.destroy());
  }

  #asRecorded(words: string): string {
    return this.name === undefined ? words : words.replaceAll(this.name, this.recordedName ?? '');
  }

  #asNow(words: string): string {
    return this.recordedName === undefined ? words : words.replaceAll(this.recordedName, this.name ?? '');
  }
}

const isSame = ({ type, body }: RecordedExchange, { headers }: IncomingMessage, found: unknown): boolean => {
  if (headers.authorization !== `Bearer ${TOKEN}`) return false;
  if (body === undefined) return found === undefined;
  return type === headers['content-type'] && isDeepStrictEqual(timeless(JSON.stringify(body)), found);
};

/** Without what says when it was asked. */
const timeless = (body: string): unknown =>
  JSON.parse(body, (key, value: unknown) =>
    /^(activeDeadlineSeconds|org\.waystation\.expires)$/.test(key) ? 'then' : value,
  );

const nameIn = (body: unknown): string | undefined =>
  (body as { readonly metadata?: { readonly name: string } } | undefined)?.metadata?.name.match(MADE_UP)?.[0];

/** YAML has JSON in it. */
const kubeconfig = (server: string): string =>
  JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'test' },
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: TOKEN } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  });
