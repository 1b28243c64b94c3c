import { StudyTrigger, type ConfigurationDocument, type Rule } from '@waystation/events';
import { instantAfter, messageOf, type Instant } from '@waystation/kernel';
import { hasListedSeries, missingSeries, parseListedSeries } from '@waystation/rules';
import { collectedEver, type StudyCollection } from './study-state.js';

/** What is to be done about a collection. */
export type StudyOutlook =
  | { readonly what: 'complete'; readonly trigger: 'quiet' | 'listed-series' }
  | { readonly what: 'force'; readonly action: StudyTrigger['force']; readonly missing: readonly string[] }
  | {
      readonly what: 'wait';
      /** A sentence. */
      readonly because: string;
      /** When it will be otherwise if nothing happens; undefined where only an event can change it. */
      readonly until: Instant | undefined;
      readonly missing: readonly string[];
    };

const waits = (because: string, until?: Instant, missing: readonly string[] = []): StudyOutlook => ({
  what: 'wait',
  because,
  until,
  missing,
});

/**
 * Whether the study is complete for a rule for which something waits, and what it waits for otherwise. What counts are
 * the rule's words in this document.
 * @param pending series of the study that still come or are undecided
 */
export const whatAStudyWaitsFor = (
  collection: StudyCollection,
  document: ConfigurationDocument,
  now: Instant,
  pending: readonly string[],
): StudyOutlook => {
  const rule = document.rules.find(({ name }) => name === collection.rule);
  const unfit = whyNoRuleWaits(collection.rule, rule);
  if (unfit !== undefined) return waits(unfit);
  const settings = rule?.study ?? StudyTrigger.parse({});
  const outlook =
    settings.series === undefined
      ? forQuiet(collection, settings, now, pending)
      : forListedSeries(collection, settings.series);
  if (outlook.what !== 'wait' || settings.forceAfterSeconds === undefined || collection.unlimited) return outlook;
  const limit = instantAfter(collection.waitingSince, settings.forceAfterSeconds * 1000);
  if (now >= limit) return { what: 'force', action: settings.force, missing: outlook.missing };
  return { ...outlook, until: outlook.until === undefined || limit < outlook.until ? limit : outlook.until };
};

const whyNoRuleWaits = (name: string, rule: Rule | undefined): string | undefined => {
  if (rule === undefined) return `there is no rule '${name}' in force any more`;
  if (rule.disabled) return `the rule '${name}' is disabled`;
  return rule.trigger === 'study' ? undefined : `the rule '${name}' does not wait for studies any more`;
};

const forQuiet = (
  { lastMatchedAt }: StudyCollection,
  { quietPeriodSeconds }: StudyTrigger,
  now: Instant,
  pending: readonly string[],
): StudyOutlook => {
  const quiet = instantAfter(lastMatchedAt, quietPeriodSeconds * 1000);
  if (now < quiet) return waits(`quiet for ${quietPeriodSeconds} s`, quiet);
  if (pending.length === 0) return { what: 'complete', trigger: 'quiet' };
  return waits(`${pending.length} series of the study still ${pending.length === 1 ? 'comes' : 'come'}`);
};

const forListedSeries = (collection: StudyCollection, list: string): StudyOutlook => {
  const descriptions = collectedEver(collection).map(({ seriesDescription }) => seriesDescription);
  try {
    const listed = parseListedSeries(list);
    if (hasListedSeries(listed, descriptions)) return { what: 'complete', trigger: 'listed-series' };
    const missing = missingSeries(listed, descriptions);
    return waits(`series with ${missing.map((part) => `'${part}'`).join(', ')} of ${list}`, undefined, missing);
  } catch (error) {
    return waits(`the list of series cannot be read: ${messageOf(error).split('\n', 1).join('')}`);
  }
};

/** What of a rule's list no series of the collection has; nothing where the rule lists none or cannot be read. */
export const missingOf = (collection: StudyCollection, document: ConfigurationDocument): readonly string[] => {
  const list = document.rules.find(({ name }) => name === collection.rule)?.study?.series;
  const outlook = list === undefined ? undefined : forListedSeries(collection, list);
  return outlook?.what === 'wait' ? outlook.missing : [];
};
