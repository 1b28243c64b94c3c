import { nameOfTarget, type ConfigurationDocument, type Rule } from '@waystation/events';
import { canonicalJson } from '../configuration/canonical-json.js';
import { modulesNamedBy } from '../configuration/check-processing.js';
import { processes } from '../job/planned-steps.js';
import { isSameWork } from './same-module.js';

/** What a rule is called in a document. */
export interface NamedRule {
  readonly document: ConfigurationDocument;
  readonly rule: string;
}

/** Whether two rules have the same done and the same follow from it, whatever is found; then nothing has to be asked again. */
export const isSameProcessing = (was: NamedRule, would: NamedRule): boolean => {
  const [before, after] = [was, would].map(ruleOf);
  if (before === undefined || after === undefined || !processes(before) || !processes(after)) return false;
  if (essenceOf(before) !== essenceOf(after)) return false;
  const [modules, others] = [was, would].map(({ document }) => document.modules);
  const [known, knownThen] = [was, would].map(({ document }) => document.targets.map(({ name }) => name).toSorted());
  return (
    modulesNamedBy(before.processing)
      .map((module) => ({ module, settings: {} }))
      .every((step) => isSameWork(step, modules ?? [], step, others ?? [])) &&
    (before.processing.dynamicRouting === undefined || canonicalJson(known) === canonicalJson(knownThen))
  );
};

/** Whether two rules wait for the same studies: when one was whole is not played through. */
export const isSameStudy = (was: NamedRule, would: NamedRule): boolean => {
  const [before, after] = [was, would].map((named) => {
    const { trigger, condition, calledAeTitles, fallback, disabled, study } = ruleOf(named) ?? {};
    return canonicalJson({ trigger, condition, calledAeTitles, fallback, disabled, study });
  });
  return before === after && ruleOf(was)?.trigger === 'study';
};

const ruleOf = ({ document, rule }: NamedRule): Rule | undefined => document.rules.find(({ name }) => name === rule);

const essenceOf = ({ action, targets, processing }: Rule): string => {
  const { returnFailure: _told, ...rest } = processing ?? {};
  return canonicalJson({ action, targets: targets.map(nameOfTarget), ...rest });
};
