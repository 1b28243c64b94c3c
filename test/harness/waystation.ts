import type { CloudEvent, ConfigurationDocument } from '@waystation/events';
import { cleanEnvironment, entryOf } from './repository.js';
import { run } from './program.js';

/** One line of `waystation history --json`. */
export type HistoryEntry = CloudEvent & { readonly sentence: string; readonly data: Readonly<Record<string, unknown>> };

/** The command line, as an operator uses it. */
export class Waystation {
  constructor(
    readonly url: string,
    readonly controlUrl: string = url,
  ) {}

  /** Runs a command and reads its JSON; throws with what it said where it fails. */
  async json<Answer>(...args: readonly string[]): Promise<Answer> {
    const { code, stdout, stderr } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`waystation ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
    return JSON.parse(stdout) as Answer;
  }

  /** Runs a command. */
  run(...args: readonly string[]): ReturnType<typeof run> {
    const env = { ...cleanEnvironment(), WAYSTATION_URL: this.url, WAYSTATION_CONTROL_URL: this.controlUrl };
    return run(process.execPath, [entryOf('cli'), ...args], { env });
  }

  /** What `waystation history --json` says of a series, a study or a stream, without a program to start. */
  async history(subject: string): Promise<readonly HistoryEntry[]> {
    if (subject.includes('/')) return this.get(`/api/streams/${subject}/history`);
    const [found] = await this.get<readonly { readonly stream: string }[]>(`/api/streams?id=${subject}`);
    if (found === undefined) throw new Error(`the log has nothing that goes by ${subject}`);
    const [category, id = ''] = found.stream.split('/', 2);
    const places: Readonly<Record<string, string>> = { series: `series/${id}`, study: `studies/${id}` };
    return this.get(`/api/${places[category ?? ''] ?? `streams/${found.stream}`}/history`);
  }

  /** Reads over HTTP, as a program does; throws where the answer is no success. */
  async get<Answer>(path: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`);
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Publishes a configuration over HTTP. */
  async publish(document: Partial<Record<keyof ConfigurationDocument, unknown>>): Promise<void> {
    const response = await fetch(`${this.controlUrl}/api/configuration?author=test&reason=test`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document }),
    });
    if (!response.ok) throw new Error(`publishing failed: ${await response.text()}`);
  }

  /** Waits until the deliveries of a series are as told; answers with them. */
  async deliveries(series: string, expected: number, status = 'succeeded'): Promise<readonly DeliveryLine[]> {
    return eventually(`${expected} ${status} deliveries of ${series}`, async () => {
      const lines = await this.get<readonly DeliveryLine[]>(`/api/deliveries?series=${series}`);
      return lines.length >= expected && lines.every((line) => line.status === status) ? lines : undefined;
    });
  }
}

export interface DeliveryLine {
  readonly delivery: string;
  readonly seriesInstanceUid: string;
  readonly target: string;
  readonly status: string;
  readonly priority: string;
  readonly hold: string | null;
  readonly heldUntil: string | null;
  readonly heldFor: string | null;
  readonly attempts: number;
  readonly instances: number;
  readonly delivered: number;
  readonly lastFailure: string | null;
}

/**
 * Asks again until there is an answer; over HTTP where it can, since a command is a program to start. A limit, not a
 * measurement: it only ends what would never end.
 */
export const eventually = async <Answer>(
  what: string,
  ask: () => Promise<Answer | undefined>,
  timeoutMs = 60_000,
): Promise<Answer> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`still waiting for ${what} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
