/** What the command line says of a rule. */
export interface RuleOptions {
  readonly when: string;
  readonly to?: readonly string[];
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

/** The rule that is meant; what is left out is as the configuration has it where nothing is said. */
export const ruleOf = (name: string, options: RuleOptions): object => {
  const { when, to = [], discard, tell, tellOn, fallback, calledAe, quietPeriod, late, priority, comment } = options;
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
    action: discard === true ? 'discard' : tell !== undefined && to.length === 0 ? 'notify' : 'route',
    targets: to,
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
