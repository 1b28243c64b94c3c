import type { ConfigurationDocument } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { calledEntityOf } from './called-entity.js';

/** When series that were sent to a title are complete, as long as no rule says otherwise. */
export interface CompletionFor {
  readonly quietPeriodMs: number;
  /** The title whose entry says how long that is; undefined where the document says it for all. */
  readonly applicationEntity?: string;
  /** Undefined where a release says nothing. */
  readonly afterReleaseMs?: number;
  /** The fact that says how many objects a series has; undefined where none is asked. */
  readonly expectedCountFrom?: string;
}

const milliseconds = (seconds: number): number => Math.round(seconds * 1000);

/** What a document says about the completion of series that are sent to a title; what its entry leaves out holds for all. */
export const completionFor = (document: ConfigurationDocument, calledAeTitle: string): CompletionFor => {
  const entity = calledEntityOf(document, calledAeTitle);
  const own = typeof entity === 'string' ? {} : entity.completion;
  const { quietPeriodSeconds, afterReleaseSeconds, expectedCountFrom } = { ...document.completion, ...definedOf(own) };
  return {
    quietPeriodMs: milliseconds(quietPeriodSeconds),
    ...(own.quietPeriodSeconds === undefined ? {} : { applicationEntity: trimAeTitle(calledAeTitle) }),
    ...(afterReleaseSeconds === undefined ? {} : { afterReleaseMs: milliseconds(afterReleaseSeconds) }),
    ...(expectedCountFrom === undefined ? {} : { expectedCountFrom }),
  };
};

/**
 * The shortest quiet period that may hold for a series sent to a title: that of the document, of the title, or of a rule
 * which may turn out to match. After so long it is time to ask.
 */
export const shortestQuietPeriodMs = (document: ConfigurationDocument, calledAeTitle: string): number => {
  const title = trimAeTitle(calledAeTitle);
  const ofRules = document.rules
    .filter(({ disabled }) => !disabled)
    .filter(({ calledAeTitles }) => calledAeTitles.length === 0 || calledAeTitles.map(trimAeTitle).includes(title))
    .flatMap(({ quietPeriodSeconds }) => (quietPeriodSeconds === undefined ? [] : [milliseconds(quietPeriodSeconds)]));
  return Math.min(completionFor(document, calledAeTitle).quietPeriodMs, ...ofRules);
};

const definedOf = <Values extends object>(
  values: Values,
): { [Key in keyof Values]?: Exclude<Values[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
