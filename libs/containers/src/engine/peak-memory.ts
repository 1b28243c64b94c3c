import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineConnection } from './engine-connection.js';

const LOOK_MS = 1000;

interface Stats {
  readonly memory_stats?: {
    readonly usage?: number;
    /** The kernel's own record, where it keeps one (cgroup v1). */
    readonly max_usage?: number;
    readonly stats?: { readonly inactive_file?: number; readonly total_inactive_file?: number };
  };
}

/** What one answer of `GET /containers/{id}/stats` says of memory in use, files that could be dropped left out. */
export const memoryIn = (answer: unknown): number => {
  const { usage = 0, max_usage: most, stats } = ((answer ?? {}) as Stats).memory_stats ?? {};
  if (most !== undefined && most > 0) return most;
  return Math.max(0, usage - (stats?.inactive_file ?? stats?.total_inactive_file ?? 0));
};

/**
 * Looks at a container again and again until it is told to stop. A look that fails says nothing: what the container does
 * does not depend on it.
 *
 * @returns the most that was seen; undefined where nothing was
 */
export const watchMemory = async (
  engine: EngineConnection,
  id: string,
  signal: AbortSignal,
): Promise<number | undefined> => {
  let peak = 0;
  const path = `/containers/${id}/stats?stream=false&one-shot=true`;
  while (!signal.aborted) {
    const answer = await engine.json({ method: 'GET', path, signal }).catch(() => undefined);
    peak = Math.max(peak, memoryIn(answer));
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return peak > 0 ? peak : undefined;
};
