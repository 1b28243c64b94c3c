import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';
import type { ProblemList } from './problem-list.js';

// One statement, one snapshot: appends that go on meanwhile change both numbers together.
const counts = {
  name: 'log-head-counts',
  text: `select (select coalesce(sum(version), 0)::bigint from log.stream),
    (select coalesce(max(position), 0) from log.event)`,
};

/** Checks that the streams together have as many events as the log: else its end was cut off. */
export const checkHead = async (pool: Pool, problems: ProblemList): Promise<void> => {
  const [row] = await queryRows<[number, number]>(pool, counts, []);
  const [inStreams = 0, head = 0] = row ?? [];
  if (inStreams === head) return;
  problems.add(
    head + 1,
    'log.truncated',
    `the log ends at position ${head}, and its streams count ${inStreams} events`,
  );
};
