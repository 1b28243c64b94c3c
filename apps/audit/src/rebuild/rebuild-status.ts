import type { RebuildStatus } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import type { DataSource } from 'typeorm';

/** @param generation the newest unless told. @throws CodedError `rebuild.unknown-generation` */
export const statusOf = async (views: DataSource, generation?: number): Promise<RebuildStatus> => {
  const rows: (Omit<RebuildStatus, 'position' | 'goal'> & { position: string; goal: string })[] = await views.query(
    `select number as generation, state, started_at as "startedAt", ended_at as "endedAt", position, goal, report, failure
      from audit.generation where $1::int is null or number = $1 order by number desc limit 1`,
    [generation ?? null],
  );
  const [row] = rows;
  if (row === undefined) throw new CodedError('rebuild.unknown-generation', `there is no rebuild ${generation}`);
  return { ...row, position: Number(row.position), goal: Number(row.goal) };
};
