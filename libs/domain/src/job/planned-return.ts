import type { ConfigurationDocument, JobPlan, RuleProcessing } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';

/**
 * Where the news of a failure goes, as the configuration says when the job is requested.
 * @param senders AE titles of those who sent the objects
 * @returns undefined where nobody is to be told
 */
export const plannedReturn = (
  wanted: RuleProcessing['returnFailure'],
  senders: readonly string[],
  document: Pick<ConfigurationDocument, 'senders' | 'targets'>,
): JobPlan['returnFailure'] => {
  if (wanted === undefined) return undefined;
  const titles = wanted.toSender ? [...new Set(senders.map(trimAeTitle))] : [];
  const places = titles.map((title) => ({ title, target: targetOfSender(title, document) }));
  const [first, ...others] = places.filter(({ target }) => target === undefined).map(({ title }) => title);
  const known = places.flatMap(({ target }) => (target === undefined ? [] : [target]));
  return {
    targets: [...new Set([...known, ...wanted.targets])],
    ...(first === undefined ? {} : { unknownSenders: [first, ...others] }),
  };
};

/** The target that the document names for a sender, or the only DICOM target that is called like it. */
const targetOfSender = (
  title: string,
  { senders, targets }: Pick<ConfigurationDocument, 'senders' | 'targets'>,
): string | undefined => {
  const named = senders.find(({ aeTitle }) => trimAeTitle(aeTitle) === title)?.target;
  if (named !== undefined) return named;
  const alike = targets.filter((target) => target.kind === 'dicom' && trimAeTitle(target.calledAeTitle) === title);
  return alike.length === 1 ? alike[0]?.name : undefined;
};
