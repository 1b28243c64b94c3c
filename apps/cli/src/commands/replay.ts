import type { PastState } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { jsonText } from '../output/json-text.js';
import { subjectArgument, subjectPath } from './subject-path.js';

/** `waystation replay SUBJECT --at …` */
export const replayCommand = (): Command =>
  new Command('replay')
    .description('shows the state of a series, study, delivery, association or the configuration at any moment')
    .argument('<subject>', subjectArgument)
    .option('--at <moment>', 'a position (1234) or an instant (2026-01-31T12:00:00Z); the newest state without it')
    .addHelpText(
      'after',
      `
Examples:
  waystation replay 1.2.826.0.1.3680043.8.1055.1 --at 42
  waystation replay 1.2.826.0.1.3680043.8.1055.1 --at 2026-01-31T12:00:00Z --json
  waystation replay configuration --at 42
  waystation replay delivery/3f2a…`,
    )
    .action(async (subject: string, { at }: { readonly at?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const query = at === undefined ? '' : `?${new URLSearchParams({ at }).toString()}`;
      const past = await api.get<PastState>(`${await subjectPath(api, subject)}/replay${query}`);
      const when = past.recordedtime === undefined ? 'before the first event' : `recorded ${past.recordedtime}`;
      output.answer(past, () => [
        `${past.stream} at position ${past.position} (${when}): ${past.events} events, ${past.later} came later`,
        jsonText(past.state),
      ]);
    });
