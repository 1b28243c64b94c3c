import { readFile } from 'node:fs/promises';
import type { ContainerSpec } from '../src/executor/container-spec.js';
import type { Owner } from '../src/ownership/owner.js';

/** A request of the executor to a real API server, and its answer. `tools/record/kubernetes.mjs` writes them. */
export interface RecordedExchange {
  /** Method, path and query. */
  readonly asked: string;
  readonly type?: string;
  readonly body?: unknown;
  /** Absent where there was no answer. */
  readonly status?: number;
  readonly json?: unknown;
  /** Of a watch. */
  readonly lines?: readonly unknown[];
  /** How many requests there had been when each of them came. */
  readonly heard?: readonly number[];
  readonly text?: string;
  /** How it ended besides well: left by the client, refused or broken off by the server, or `lost` on its way back. */
  readonly end?: 'left' | 'refused' | 'broken' | 'lost';
}

/** What was asked for in which situation, and the conversation that came of it. */
export interface Recording {
  readonly about: string;
  /** Of the API server. */
  readonly version: string;
  readonly setting: {
    readonly installation: string;
    readonly owner: Owner;
    readonly folder: string;
    readonly address: string;
    readonly spec: ContainerSpec;
  };
  readonly exchanges: readonly RecordedExchange[];
}

/** Reads `recordings/NAME.jsonl`. */
export const readRecording = async (name: string): Promise<Recording> => {
  const text = await readFile(new URL(`recordings/${name}.jsonl`, import.meta.url), 'utf8');
  const [head, ...exchanges] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { ...(head as Omit<Recording, 'exchanges'>), exchanges: exchanges as RecordedExchange[] };
};

const EXPIRES = /"org\.waystation\.expires":"(\d+)"/;

/** A moment at which no Job of a recording has expired, milliseconds since 1970: who replays it later has to live then. */
export const timeOf = ({ exchanges }: Pick<Recording, 'exchanges'>): number =>
  Number(EXPIRES.exec(JSON.stringify(exchanges))?.[1]) - 1;
