import {
  nameOfTarget,
  type ConfigurationDocument,
  type RoutedDelivery,
  type RoutedJob,
  type Rule,
  type RuleProcessing,
  type SeriesRouted,
} from '@waystation/events';
import { processes } from '../job/planned-steps.js';

/** Something that goes to a target, in the words of `series.routed`. */
export type TargetEffect = Omit<RoutedDelivery, 'delivery' | 'rules'>;

/** Something that has it processed. */
export interface ProcessingEffect {
  readonly processing: RuleProcessing;
  readonly targets: readonly string[];
  readonly priority: Rule['priority'];
  readonly whole?: true;
}

/** A study that the series is collected for. */
export interface StudyEffect {
  readonly rule: string;
  readonly targets: readonly string[];
  readonly priority: Rule['priority'];
  readonly ordered: boolean;
  readonly study: Rule['study'];
  /** Present where the study is processed. */
  readonly processing?: RuleProcessing;
}

/** What a decision sets in motion, in an order that does not depend on that of the rules. */
export interface Effects {
  readonly outcome: SeriesRouted['data']['outcome'];
  readonly targets: readonly TargetEffect[];
  readonly processing: readonly ProcessingEffect[];
  readonly studies: readonly StudyEffect[];
  /** `channel: event`, for everybody who is told. */
  readonly notifications: readonly string[];
}

/** What was decided, with names of the rules that wait for the study and of those that tell somebody. */
export interface Decided {
  readonly outcome: Effects['outcome'];
  readonly targets: readonly TargetEffect[];
  readonly jobs: readonly Pick<RoutedJob, 'rule' | 'whole'>[];
  readonly studyRules: readonly string[];
  readonly notifications: readonly string[];
}

/** What follows from a decision by the rules of a document. */
export const effectsOf = ({ rules }: Pick<ConfigurationDocument, 'rules'>, decided: Decided): Effects => {
  const named = (names: readonly string[]): readonly Rule[] => rules.filter(({ name }) => names.includes(name));
  return {
    outcome: decided.outcome,
    targets: decided.targets.map(targetEffect).toSorted((one, other) => compare(one.target, other.target)),
    processing: decided.jobs
      .flatMap(({ rule, whole }) =>
        named([rule])
          .filter(processes)
          .map((one) => processingEffect(one, whole)),
      )
      .toSorted((one, other) => compare(JSON.stringify(one), JSON.stringify(other))),
    studies: named(decided.studyRules)
      .map(studyEffect)
      .toSorted((one, other) => compare(one.rule, other.rule)),
    notifications: [...new Set(named(decided.notifications).flatMap(toldBy))].toSorted(compare),
  };
};

/** What is usual is not said, and objects have no order. */
const targetEffect = ({ target, priority, whole, sopInstanceUids }: TargetEffect): TargetEffect => ({
  target,
  ...(priority === undefined || priority === 'normal' ? {} : { priority }),
  ...(whole ? { whole } : {}),
  ...(sopInstanceUids === undefined ? {} : { sopInstanceUids: sopInstanceUids.toSorted() }),
});

const processingEffect = (
  { processing, targets, priority }: Rule & { readonly processing: RuleProcessing },
  whole: true | undefined,
): ProcessingEffect => ({
  processing: withoutOutcomes(processing),
  targets: targets.map(nameOfTarget).toSorted(compare),
  priority,
  ...(whole ? { whole } : {}),
});

/** What results decide is asked of the jobs that had any. */
const withoutOutcomes = ({ steps, ...processing }: RuleProcessing): RuleProcessing => ({
  ...processing,
  steps: steps.map(({ outcomes: _outcomes, ...step }) => step),
});

const studyEffect = ({ name, targets, priority, ordered, study, processing }: Rule): StudyEffect => ({
  rule: name,
  targets: targets
    .map((target) => (typeof target === 'string' ? target : `${nameOfTarget(target)} where ${target.instances}`))
    .toSorted(compare),
  priority,
  ordered,
  study,
  ...(processing === undefined ? {} : { processing: withoutOutcomes(processing) }),
});

const toldBy = ({ notifications }: Rule): readonly string[] =>
  notifications.flatMap(({ channels, on }) => channels.flatMap((channel) => on.map((event) => `${channel}: ${event}`)));

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
