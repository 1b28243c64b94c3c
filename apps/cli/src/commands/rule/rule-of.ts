/** What the command line says of a rule. */
export interface RuleOptions {
  readonly when: string;
  readonly to?: readonly string[];
  readonly process?: readonly string[];
  readonly originals?: boolean;
  readonly discard?: boolean;
  readonly tell?: readonly string[];
  readonly tellOn?: readonly string[];
  readonly fallback?: boolean;
  readonly calledAe?: readonly string[];
  readonly quietPeriod?: string;
  readonly late?: string;
  readonly priority?: string;
  readonly study?: boolean;
  readonly studyQuietPeriod?: string;
  readonly studySeries?: string;
  readonly forceAfter?: string;
  readonly force?: string;
  readonly ordered?: boolean;
  readonly disabled?: boolean;
  readonly comment?: string;
}

const secondsIn = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** What contradicts itself is left for the configuration to refuse, with a sentence. */
const actionOf = ({ to = [], discard, process, originals, tell }: RuleOptions): string => {
  if (discard === true) return 'discard';
  if (process !== undefined || originals === true) return to.length === 0 ? 'process' : 'both';
  return tell !== undefined && to.length === 0 ? 'notify' : 'route';
};

const processingOf = ({ process, originals }: RuleOptions): object | undefined =>
  process && { steps: process.map((module) => ({ module })), originals: originals === true };

/** The rule that is meant; what is left out is as the configuration has it where nothing is said. */
export const ruleOf = (name: string, options: RuleOptions): object => {
  const { when, to = [], tell, tellOn, fallback, calledAe, quietPeriod, late, priority, comment } = options;
  const study = {
    quietPeriodSeconds: secondsIn(options.studyQuietPeriod),
    series: options.studySeries,
    forceAfterSeconds: secondsIn(options.forceAfter),
    force: options.force,
  };
  const saysOfStudy = Object.values(study).some((value) => value !== undefined);
  return {
    name,
    condition: when,
    calledAeTitles: calledAe,
    trigger: options.study === true ? 'study' : 'series',
    ...(saysOfStudy ? { study } : {}),
    action: actionOf(options),
    targets: to,
    processing: processingOf(options),
    notifications: tell === undefined ? undefined : [{ channels: tell, on: tellOn }],
    fallback: fallback === true,
    quietPeriodSeconds: secondsIn(quietPeriod),
    late,
    priority,
    ordered: options.ordered === true,
    disabled: options.disabled === true,
    comment,
  };
};
