import type {
  ConfigurationDocument,
  JobPlan,
  JobRequested,
  PlannedOutcome,
  PlannedStep,
  ProcessingStep,
  ResultOutcome,
  Rule,
  RuleProcessing,
} from '@waystation/events';
import { nameOfTarget } from '@waystation/events';
import { plannedReturn } from './planned-return.js';

type Modules = ConfigurationDocument['modules'];

/** Whether a rule has anything processed. */
export const processes = (rule: Rule): rule is Rule & { readonly processing: RuleProcessing } =>
  (rule.action === 'process' || rule.action === 'both') && rule.processing !== undefined;

/**
 * What a rule makes of a job's request: its first step, and the plan of what follows.
 * @param senders AE titles of those who sent the objects
 */
export const firstStepOf = (
  { action, processing, targets }: Rule & { readonly processing: RuleProcessing },
  document: Pick<ConfigurationDocument, 'modules' | 'senders' | 'targets'>,
  senders: readonly string[],
): Pick<JobRequested['data'], 'module' | 'app' | 'settings' | 'outcomes' | 'plan'> | undefined => {
  const [first, ...steps] = processing.steps.map((step) => plannedStep(step, document.modules));
  if (first === undefined) return undefined;
  const { originals, onFailure, dynamicRouting } = processing;
  const returnFailure = plannedReturn(processing.returnFailure, senders, document);
  const plan: JobPlan = {
    steps,
    targets: action === 'both' ? [...new Set(targets.map(nameOfTarget))] : [],
    originals,
    onFailure,
    ...(returnFailure === undefined ? {} : { returnFailure }),
    ...(dynamicRouting === undefined ? {} : { dynamicRouting }),
  };
  return { ...first, plan };
};

/** A step, with the name of the app that takes it where that is another one than the module's. */
export const plannedStep = ({ outcomes, ...step }: ProcessingStep, modules: Modules): PlannedStep => ({
  ...withApp(step, modules),
  ...(outcomes === undefined ? {} : { outcomes: outcomes.map((outcome) => plannedOutcome(outcome, modules)) }),
});

const withApp = ({ module, settings }: Pick<ProcessingStep, 'module' | 'settings'>, modules: Modules) => {
  const known = modules.find(({ name }) => name === module);
  const app = known?.kind === 'app' && known.app !== module ? known.app : undefined;
  return { module, ...(app === undefined ? {} : { app }), settings };
};

const plannedOutcome = ({ steps, ...outcome }: ResultOutcome, modules: Modules): PlannedOutcome => ({
  ...outcome,
  ...(steps === undefined ? {} : { steps: steps.map((step) => withApp(step, modules)) }),
});
