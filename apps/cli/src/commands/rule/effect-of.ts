import { nameOfTarget, type Rule } from '@waystation/events';

/** What a rule does, in a few words. */
export const effectOf = (rule: Rule): string =>
  [
    ...(rule.action === 'discard' || rule.action === 'notify' ? [rule.action] : []),
    ...(rule.processing === undefined
      ? []
      : [`through ${rule.processing.steps.map(({ module }) => module).join(', ')}`]),
    ...(rule.targets.length === 0 ? [] : [`to ${rule.targets.map(targetOf).join(', ')}`]),
    ...(rule.notifications.length === 0
      ? []
      : [`tells ${[...new Set(rule.notifications.flatMap(({ channels }) => channels))].join(', ')}`]),
    ...(rule.trigger === 'study' ? [rule.ordered ? 'for the study, in order' : 'for the study'] : []),
    ...(rule.priority === 'normal' ? [] : [rule.priority]),
    ...(rule.late === 'whole' ? ['whole again when late'] : []),
    ...(rule.calledAeTitles.length === 0 ? [] : [`called ${rule.calledAeTitles.join(', ')}`]),
    ...(rule.fallback ? ['fallback'] : []),
    ...(rule.disabled ? ['disabled'] : []),
  ].join('; ');

const targetOf = (target: Rule['targets'][number]): string =>
  typeof target === 'string' ? target : `${nameOfTarget(target)} (some objects)`;
