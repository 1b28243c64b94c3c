import type { Segment, SegmentDeed } from '@waystation/event-log';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { Progress } from '../output/progress.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

interface ArchiveOptions extends Authorship {
  readonly before?: string;
  readonly detach?: boolean;
  readonly drop?: boolean;
}

/** `waystation archive --before …` */
export const archiveCommand = (): Command =>
  authorship(new Command('archive'))
    .description('copies old segments of the log to the object store; without --before shows where the segments are')
    .option('--before <instant>', 'segments whose last event was recorded before (2026-01-31 or 2026-01-31T12:00:00Z)')
    .option('--detach', 'take them out of the table of the log: they are read from their copies from then on')
    .option('--drop', 'have the database drop them, too')
    .addHelpText(
      'after',
      `
Every reader, replay and verification goes on over all of the log, wherever its segments are.

Examples:
  waystation archive
  waystation archive --before 2026-01-01 --reason "yearly"
  waystation archive --before 2025-01-01 --drop`,
    )
    .action(async (options: ArchiveOptions, command: Command) => {
      if (options.before === undefined) return showSegments(command, options);
      const { api, output } = contextOf(command);
      const progress = new Progress(process.stderr);
      const { before, detach = false, drop = false } = options;
      const path = `api/log/archive?${authorQuery(options)}`;
      const order = { before: instantOf(before), detach, drop };
      const deeds = await api.long<readonly SegmentDeed[]>('POST', path, (told) => progress.show(lineOf(told)), order);
      progress.end();
      output.answer(deeds, () =>
        deeds.length === 0 ? [`no full and sealed segment is that old`] : deeds.map((deed) => lineOf(deed)),
      );
    });

const lineOf = (deed: unknown): string => {
  const { from, to, done } = deed as SegmentDeed;
  return `positions ${from} to ${to} ${done}`;
};

const instantOf = (text: string): string => {
  const instant = new Date(text);
  if (!Number.isNaN(instant.getTime())) return instant.toISOString();
  throw new CodedError('cli.no-instant', `'${text}' is no instant: expected 2026-01-31 or 2026-01-31T12:00:00Z`);
};

const showSegments = async (command: Command, { detach, drop }: ArchiveOptions): Promise<void> => {
  if (detach === true || drop === true) {
    throw new CodedError('cli.no-instant', '--detach and --drop need to know which segments: say --before');
  }
  const { api, output } = contextOf(command);
  const segments = await api.get<readonly Segment[]>('api/log/segments');
  const columns = {
    from: ({ from }: Segment) => from,
    to: ({ to }: Segment) => to,
    state: ({ state }: Segment) => state,
    'last recorded': ({ recordedTo }: Segment) => recordedTo ?? '',
    copy: ({ key }: Segment) => key ?? '',
  };
  output.list(segments, columns, 'the log has no segments');
};
