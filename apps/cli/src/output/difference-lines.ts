import type { DecisionEffects, DifferentDecision } from '@waystation/answers';
import { oneLine } from './one-line.js';

type Target = DecisionEffects['targets'][number];
type Processing = DecisionEffects['processing'][number];
type Study = DecisionEffects['studies'][number];
type Rule = DifferentDecision['rules'][number];

/** A decision that would differ: which it is, by what, and why. */
export const differenceLines = (difference: DifferentDecision): readonly string[] => {
  const { position, recordedtime, seriesInstanceUid, revision, configuration, was, would, rules } = difference;
  const place = `series ${seriesInstanceUid}, revision ${revision}, decided by configuration ${configuration}`;
  const inside = [
    ...(was.outcome === would.outcome ? [] : [`${was.outcome} → ${would.outcome}`]),
    ...changes(
      byName(was.targets, ({ target }) => target, wordsOf),
      byName(would.targets, ({ target }) => target, wordsOf),
    ),
    ...changes(
      byName(was.processing, processingName, processingWords),
      byName(would.processing, processingName, processingWords),
    ),
    ...changes(byName(was.studies, studyName, studyWords), byName(would.studies, studyName, studyWords)),
    ...changes(
      byName(was.notifications, tellsName, () => ''),
      byName(would.notifications, tellsName, () => ''),
    ),
    ...rules.map(ruleLine),
  ];
  return [`${position}  ${recordedtime}  ${place}`, ...inside.map((line) => `  ${oneLine(line)}`)];
};

const byName = <Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  words: (thing: Thing) => string,
): ReadonlyMap<string, string> => new Map(things.map((thing) => [nameOf(thing), words(thing)]));

/** What is there no more, what is another, and what is added. */
const changes = (was: ReadonlyMap<string, string>, would: ReadonlyMap<string, string>): readonly string[] => [
  ...[...was.keys()].filter((name) => !would.has(name)).map((name) => `- ${name}`),
  ...[...would].flatMap(([name, words]) => {
    const before = was.get(name);
    if (before === undefined) return [`+ ${name}`];
    return before === words ? [] : [`${name}: ${before} → ${words}`];
  }),
];

const wordsOf = ({ priority, whole, sopInstanceUids }: Target): string => {
  const count = sopInstanceUids?.length;
  const what =
    count === undefined
      ? whole
        ? 'all of the series'
        : 'all that is new'
      : `${count} object${count === 1 ? '' : 's'}`;
  return [...(priority === undefined ? [] : [priority]), what].join(', ');
};

const processingName = ({ processing, targets }: Processing): string =>
  `processed by ${processing.steps.map(({ module }) => module).join(', then ')}${targets.length === 0 ? '' : ` → ${targets.join(', ')}`}`;

const processingWords = ({ processing, priority, whole }: Processing): string =>
  [priority, ...(whole ? ['all of the series'] : []), JSON.stringify(processing)].join(', ');

const studyName = ({ rule, targets }: Study): string => `study for ${rule} → ${targets.join(', ')}`;

const studyWords = ({ priority, ordered, study, processing }: Study): string =>
  [
    priority,
    ...(ordered ? ['in order'] : []),
    JSON.stringify(study ?? {}),
    ...(processing === undefined ? [] : [JSON.stringify(processing)]),
  ].join(', ');

const tellsName = (notification: string): string => `tells ${notification}`;

const ruleLine = ({ rule, was, would, changed }: Rule): string => {
  const because = would?.because ?? was?.because ?? '';
  if (changed && would) return `${rule}: ${would.verdict}, with other ${changed.join(', ')}: ${because}`;
  const words = [was?.verdict ?? 'there was no such rule', would?.verdict ?? 'there is no such rule'];
  return `${rule}: ${words.join(' → ')}: ${because}`;
};
