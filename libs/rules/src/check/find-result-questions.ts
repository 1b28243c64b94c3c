import type { Expression, Link, TagValue } from '../syntax/expression.js';
import { partsOfKind, readsOf, type Read } from '../syntax/parts-of.js';
import { nameOfResult } from '../syntax/result-name.js';
import { shorten } from '../values/code-points.js';
import { represent } from '../values/represent.js';
import type { Finding } from './finding.js';

/** What `result.status` may be. */
const statuses: readonly unknown[] = ['success', 'partial', 'failed'];

const tagIn = (read: Read): TagValue | undefined =>
  read.kind === 'tag' ? read : read.kind === 'exists' ? read.tag : undefined;

const impossible = (offset: number, message: string, suggestion?: string): Finding => ({
  ...({ severity: 'error', code: 'rules.impossible', offset, message } as const),
  ...(suggestion === undefined ? {} : { suggestion }),
});

/** Finds questions about a result where there is none yet. */
export const findResultQuestions = (expression: Expression): readonly Finding[] =>
  readsOf(expression)
    .filter((read) => tagIn(read)?.matching === 'result')
    .map(({ at }) =>
      impossible(
        at,
        'there is a result only when a job is over',
        "put the condition into 'outcomes' of the step that the result is of",
      ),
    );

/** Finds what a result cannot be asked: all but its own values, and a status that there is not. */
export const findOtherQuestions = (expression: Expression): readonly Finding[] => [
  ...readsOf(expression)
    .filter((read) => tagIn(read)?.matching !== 'result')
    .map(({ at }) =>
      impossible(
        at,
        'a condition on a result looks at its values only, not at what the objects say',
        "write result.nodules; what the objects say is asked in the rule's own condition",
      ),
    ),
  ...partsOfKind(expression, 'comparison').flatMap(({ first, links }) => links.flatMap(unknownStatus(first))),
];

const unknownStatus =
  (first: Expression) =>
  ({ operator, operand }: Link): readonly Finding[] => {
    const other = isStatus(first) ? operand : isStatus(operand) ? first : undefined;
    if (other === undefined || !['==', '!=', 'in', 'not in'].includes(operator)) return [];
    const items = other.kind === 'sequence' ? other.items : [other];
    return items.flatMap((item) =>
      item.kind === 'literal' && typeof item.value === 'string' && !statuses.includes(item.value)
        ? [
            impossible(
              item.at,
              `result.status is never ${shorten(represent(item.value), 80)}`,
              "it is 'success', 'partial' or 'failed'",
            ),
          ]
        : [],
    );
  };

const isStatus = (expression: Expression): boolean =>
  expression.kind === 'tag' && expression.matching === 'result' && expression.name === nameOfResult('status');
