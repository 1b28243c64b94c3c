import { nameOfTarget, type ConfigurationDocument, type Rule } from '@waystation/events';
import { noSuch } from './check-names.js';
import { checkProcessing } from './check-processing.js';
import { outcomesOf } from './outcomes-of.js';
import { errorAt, warningAt, type ConfigurationProblem } from './configuration-problem.js';

/** Finds what keeps a rule from being followed, and what it says in vain; its conditions are looked at elsewhere. */
export const checkRule = (rule: Rule, document: ConfigurationDocument): readonly ConfigurationProblem[] => [
  ...checkTargets(rule, document),
  ...checkProcessing(rule, document),
  ...checkNotifications(rule, document),
  ...checkTrigger(rule),
];

const checkTargets = (
  { name, action, targets, processing }: Rule,
  document: ConfigurationDocument,
): ConfigurationProblem[] => {
  const path = `rules.${name}.targets`;
  const known = document.targets.map((target) => target.name);
  const named = targets.map(nameOfTarget);
  const unknown = named.filter((target) => !known.includes(target));
  const problems = unknown.map((target) => errorAt(path, noSuch('target', target, known)));
  if (action === 'route' && named.length === 0)
    problems.push(errorAt(path, 'a rule that routes needs at least one target'));
  const others = processing === undefined ? [] : outcomesOf(processing).flatMap(({ outcome }) => outcome.targets ?? []);
  if (action === 'both' && named.length === 0 && others.length === 0 && processing?.dynamicRouting === undefined)
    problems.push(errorAt(path, 'a rule that processes and routes needs a target, or a module that may say where to'));
  if (action === 'process' && named.length > 0)
    problems.push(
      errorAt(path, 'a rule that processes keeps what comes out; with the action both it sends it as well'),
    );
  if (action === 'discard' && named.length > 0) problems.push(errorAt(path, 'a rule that discards has no targets'));
  if (action === 'notify' && named.length > 0)
    problems.push(errorAt(path, 'a rule that notifies has no targets; with the action route it does both'));
  for (const target of new Set(named.filter((each, index) => named.indexOf(each) !== index)))
    if (targets.includes(target))
      problems.push(warningAt(path, `'${target}' is named several times, once without a filter: it gets everything`));
  return problems;
};

const checkNotifications = (rule: Rule, { notificationChannels }: ConfigurationDocument): ConfigurationProblem[] => {
  const path = `rules.${rule.name}.notifications`;
  const known = notificationChannels.map(({ name }) => name);
  const problems = rule.notifications
    .flatMap(({ channels }) => channels)
    .filter((channel) => !known.includes(channel))
    .map((channel) => errorAt(path, noSuch('notification channel', channel, known)));
  if (rule.action === 'notify' && rule.notifications.length === 0)
    problems.push(errorAt(path, 'a rule that notifies needs to say whom, and of what'));
  return problems;
};

const checkTrigger = ({ name, trigger, study, ordered }: Rule): ConfigurationProblem[] => {
  const path = `rules.${name}`;
  if (trigger === 'series')
    return [
      ...(study === undefined ? [] : [errorAt(`${path}.study`, 'only a rule of the trigger study waits for a study')]),
      ...(ordered
        ? [errorAt(`${path}.ordered`, 'only a rule of the trigger study knows the order of the series')]
        : []),
    ];
  const { series, quietPeriodSeconds = 0, forceAfterSeconds } = study ?? {};
  return series === undefined && forceAfterSeconds !== undefined && forceAfterSeconds <= quietPeriodSeconds
    ? [
        warningAt(
          `${path}.study.forceAfterSeconds`,
          `the study is forced after ${forceAfterSeconds} s, before it can have been quiet for ${quietPeriodSeconds} s`,
        ),
      ]
    : [];
};
