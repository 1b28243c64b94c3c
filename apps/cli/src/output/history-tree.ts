import type { HistoryEntry } from '@waystation/answers';
import { oneLine } from './one-line.js';

/** So many lines of one kind are shown one by one; of more the first, and how many follow. */
const SHOWN = 3;

/** What caused what: an event stands below the one that caused it, and what nothing caused begins a line of its own. */
export const historyTree = (entries: readonly HistoryEntry[]): readonly string[] => {
  const effects = effectsOf(entries);
  const widest = String(entries.at(-1)?.id ?? '').length;
  const lines = (cause: string | undefined, indent: string): readonly string[] =>
    runsOf(effects.get(cause) ?? []).flatMap((run, index, runs) => {
      const isLast = index === runs.length - 1;
      const [branch, below] = cause === undefined ? ['', ''] : isLast ? ['└─ ', '   '] : ['├─ ', '│  '];
      const shown = run.length > SHOWN ? run.slice(0, 1) : run;
      return [
        ...shown.flatMap((entry) => [
          `${entry.id.padStart(widest)}  ${indent}${branch}${lineOf(entry)}`,
          ...lines(entry.id, indent + below),
        ]),
        ...(run.length > SHOWN ? moreOf(run, `${' '.repeat(widest)}  ${indent}${branch}`) : []),
        ...run.slice(shown.length).flatMap((entry) => lines(entry.id, indent + below)),
      ];
    });
  return lines(undefined, '');
};

/** The entries by what caused them; those whose cause is not among them by undefined. */
const effectsOf = (entries: readonly HistoryEntry[]): ReadonlyMap<string | undefined, readonly HistoryEntry[]> => {
  const effects = new Map<string | undefined, HistoryEntry[]>([[undefined, []]]);
  const known = new Set(entries.map(({ id }) => id));
  for (const entry of entries) {
    const cause = known.has(entry.causationid ?? '') ? entry.causationid : undefined;
    const siblings = effects.get(cause) ?? [];
    siblings.push(entry);
    effects.set(cause, siblings);
  }
  return effects;
};

/** Neighbours of one kind in one stream. */
const runsOf = (entries: readonly HistoryEntry[]): readonly (readonly HistoryEntry[])[] => {
  const runs: HistoryEntry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last?.[0]?.type === entry.type && last[0].subject === entry.subject) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
};

const lineOf = ({ type, subject, recordedtime, sentence }: HistoryEntry): string =>
  `${recordedtime}  ${shortened(subject)}  ${type.replace(/\.v\d+$/, '')}: ${oneLine(sentence)}`;

/** A UID has up to 64 characters; its ends tell enough. */
const shortened = (subject: string): string =>
  subject.length <= 30 ? subject : `${subject.slice(0, 16)}…${subject.slice(-8)}`;

const moreOf = (run: readonly HistoryEntry[], before: string): readonly string[] => [
  `${before}… and ${run.length - 1} more like it, the last one at position ${run.at(-1)?.id}`,
];
