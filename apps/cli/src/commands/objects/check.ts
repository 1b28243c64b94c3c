import type { ObjectsLine, ObjectsSummary } from '@waystation/answers';
import { plural } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../../context.js';
import { Progress } from '../../output/progress.js';
import { olderThan } from './older-than.js';

/** `waystation objects check` */
export const checkObjects = (): Command =>
  new Command('check')
    .description('lists objects that no event names, and events whose object is not there; changes nothing')
    .option('--older-than <age>', 'younger objects without an event may be on their way', olderThan, 24)
    .addHelpText(
      'after',
      `
It ends with 1 where an object is missing; what no event names is only in the way (\`waystation objects reap\`).
With --json each finding is a line, and the summary is the last one.

Examples:
  waystation objects check
  waystation objects check --older-than 0s`,
    )
    .action(async (options: { readonly olderThan: number }, command: Command) => {
      const { api, output } = contextOf(command);
      const progress = new Progress(process.stderr);
      const path = `api/objects/check?olderThanHours=${options.olderThan}`;
      const lines = api.lines<ObjectsLine, ObjectsSummary>('GET', path);
      for (;;) {
        const { done, value } = await lines.next();
        if (done === true) {
          progress.end();
          output.next({ summary: value }, () => [sentenceOf(value)]);
          if (value.missing > 0) process.exitCode = 1;
          return;
        }
        if ('progress' in value) {
          const { position, objects } = value.progress;
          progress.show(`position ${position}, ${plural(objects, 'object')}`);
          continue;
        }
        progress.end();
        output.next(value, () => [lineOf(value)]);
      }
    });

const lineOf = (line: Exclude<ObjectsLine, { readonly progress: unknown }>): string =>
  'missing' in line
    ? `MISSING ${line.missing.key}: ${line.missing.stream} names it at position ${line.missing.position}`
    : `unnamed ${line.unnamed.key}: ${line.unnamed.size} bytes, since ${line.unnamed.modifiedAt}`;

const sentenceOf = ({ objects, unnamed, bytes, missing }: ObjectsSummary): string =>
  `${plural(objects, 'object')}: ${missing === 0 ? 'none is missing' : `${missing} MISSING`}, ` +
  `${unnamed === 0 ? 'and events name all of them' : `no event names ${unnamed} of ${bytes} bytes`}`;
