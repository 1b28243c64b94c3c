import { RuleProcessing, type Rule } from '@waystation/events';
import { importSettings } from '../modules/import-settings.js';
import type { ImportedModule } from '../modules/import-module.js';
import type { Part } from '../parts/part.js';
import { problemsOf } from '../parts/problems-of.js';
import { textAt, textsAt, truthAt } from '../parts/values.js';
import { importDynamicRouting } from './import-dynamic-routing.js';
import type { RuleContext } from './rule-context.js';

/** What a rule has done, as far as it can be here. */
export interface ImportedProcessing {
  readonly processing: RuleProcessing;
  /** Whether every step has all of its settings: with less it may do something else than it did. */
  readonly isWhole: boolean;
}

const fields = [
  'processing_module',
  'processing_settings',
  'processing_retain_images',
  'dynamic_routing',
  'dynamic_routing_allowed_targets',
  'conditional_alternate_target',
] as const;

/** Tells that what is said of modules does not concern a rule that processes nothing. */
export const tellNoProcessing = (rule: Part): void => {
  for (const field of fields) rule.at(field).taken('it is asked only of rules that process');
};

/** What a rule has done to the objects; undefined with the rule told where Waystation cannot do all of that. */
export const importProcessing = (
  rule: Part,
  action: Rule['action'],
  { modules, targets }: Pick<RuleContext, 'modules' | 'targets'>,
): ImportedProcessing | undefined => {
  const named = importSteps(rule, modules);
  if (named === undefined) return undefined;
  const given = settingsOfSteps(rule.at('processing_settings'), named.length);
  const steps = named.map(({ module }, index) => ({ module: module.name, settings: given[index]?.settings ?? {} }));
  const retain = rule.at('processing_retain_images');
  const originals = truthAt(retain, false) && action === 'both';
  retain.taken(
    action === 'both'
      ? `processing.originals is ${originals}`
      : 'what came in is kept in any case, beside what comes out',
  );
  const routing = importDynamicRouting(rule, targets);
  const { data, error } = RuleProcessing.safeParse({ steps, originals, onFailure: 'nothing', ...routing });
  if (error !== undefined) {
    rule.droppedAfterAll(`the rule is left out: Waystation cannot process so: ${problemsOf(error)}`);
    return undefined;
  }
  return { processing: data, isWhole: [...named, ...given].every(({ isWhole }) => isWhole) };
};

const importSteps = (
  rule: Part,
  modules: ReadonlyMap<string, ImportedModule>,
): readonly ImportedModule[] | undefined => {
  const part = rule.at('processing_module');
  const named = textsAt(part).map((each) => ({ each, found: modules.get(textAt(each)) }));
  const lost = named.filter(({ found }) => found === undefined).map(({ each }) => `'${textAt(each)}'`);
  if (named.length === 0 || lost.length > 0) {
    const why =
      named.length === 0 ? 'it names no module' : `the module ${lost.join(', ')} was not taken over, or there is none`;
    // To send unprocessed what was to be anonymized would be worse than to send nothing.
    rule.droppedAfterAll(`the rule is left out: ${why}`);
    return undefined;
  }
  for (const { each, found } of named) {
    const name = found?.module.name ?? '';
    if (name === textAt(each)) each.taken('processing.steps has it');
    else each.changed(`processing.steps has it as '${name}'`);
  }
  return named.flatMap(({ found }) => found ?? []);
};

/** mercure takes an object for all steps, or a list with one for each. */
const settingsOfSteps = (part: Part, steps: number): readonly ReturnType<typeof importSettings>[] => {
  const places = Array.from({ length: steps }, (_, index) => index);
  if (!Array.isArray(part.value)) {
    const settings = importSettings(part, steps > 1 ? 'the settings of every step' : 'the settings of the step');
    return places.map(() => settings);
  }
  for (const more of part.parts.slice(steps)) more.notTaken('there is no step for it');
  part.taken('there is nothing in it');
  return places.map((index) => importSettings(part.at(index), `the settings of step ${index + 1}`));
};
