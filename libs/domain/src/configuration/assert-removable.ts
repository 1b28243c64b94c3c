import { nameOfTarget, type ConfigurationDocument, type Rule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { modulesNamedBy, targetsNamedBy } from './check-processing.js';

/** What rules name. */
export type NamedByRules = 'target' | 'channel' | 'module';

const namesIn: Readonly<Record<NamedByRules, (rule: Rule) => readonly string[]>> = {
  target: ({ targets, processing }) => [
    ...targets.map(nameOfTarget),
    ...(processing === undefined ? [] : targetsNamedBy(processing)),
  ],
  channel: ({ notifications }) => notifications.flatMap(({ channels }) => channels),
  module: ({ processing }) => (processing === undefined ? [] : modulesNamedBy(processing)),
};

/**
 * Makes sure that nothing is taken away that rules name, also rules that are disabled: they may be enabled any time.
 * @throws CodedError `configuration.target-in-use`, `configuration.channel-in-use`, `configuration.module-in-use`
 */
export const assertRemovable = ({ rules, senders }: ConfigurationDocument, kind: NamedByRules, name: string): void => {
  const sender = kind === 'target' ? senders.find(({ target }) => target === name) : undefined;
  if (sender !== undefined)
    throw new CodedError(
      `configuration.${kind}-in-use`,
      `the ${kind} '${name}' stays: what is returned to the sender ${sender.aeTitle} goes there; change that sender first, or both in one document`,
    );
  const naming = rules.filter((rule) => namesIn[kind](rule).includes(name)).map((rule) => `'${rule.name}'`);
  if (naming.length === 0) return;
  const by = naming.length === 1 ? `the rule ${naming[0]} names it` : `the rules ${naming.join(', ')} name it`;
  throw new CodedError(
    `configuration.${kind}-in-use`,
    `the ${kind} '${name}' stays: ${by}; change ${naming.length === 1 ? 'that rule' : 'those rules'} first, or both in one document`,
    { details: { rules: naming.map((quoted) => quoted.slice(1, -1)) } },
  );
};
