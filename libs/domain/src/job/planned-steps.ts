import type {
  ConfigurationDocument,
  JobPlan,
  JobRequested,
  PlannedStep,
  Rule,
  RuleProcessing,
} from '@waystation/events';
import { nameOfTarget } from '@waystation/events';

/** Whether a rule has anything processed. */
export const processes = (rule: Rule): rule is Rule & { readonly processing: RuleProcessing } =>
  (rule.action === 'process' || rule.action === 'both') && rule.processing !== undefined;

/** What a rule makes of a job's request: its first step, and the plan of what follows. */
export const firstStepOf = (
  { action, processing, targets }: Rule & { readonly processing: RuleProcessing },
  { modules }: Pick<ConfigurationDocument, 'modules'>,
): Pick<JobRequested['data'], 'module' | 'app' | 'settings' | 'plan'> | undefined => {
  const [first, ...steps] = processing.steps.map((step) => plannedStep(step, modules));
  if (first === undefined) return undefined;
  const { originals, onFailure, dynamicRouting } = processing;
  const plan: JobPlan = {
    steps,
    targets: action === 'both' ? [...new Set(targets.map(nameOfTarget))] : [],
    originals,
    onFailure,
    ...(dynamicRouting === undefined ? {} : { dynamicRouting }),
  };
  return { ...first, plan };
};

/** A step, with the name of the app that takes it where that is another one than the module's. */
export const plannedStep = (
  { module, settings }: RuleProcessing['steps'][number],
  modules: ConfigurationDocument['modules'],
): PlannedStep => {
  const known = modules.find(({ name }) => name === module);
  const app = known?.kind === 'app' && known.app !== module ? known.app : undefined;
  return { module, ...(app === undefined ? {} : { app }), settings };
};
