import type { Completion, ConfigurationDocument, Rule, Target } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** A change to a configuration; pure, so that it can be tried on any version. */
export type Edit = (document: ConfigurationDocument) => ConfigurationDocument;

/** Adds a rule behind the others, or replaces the one of that name in its place. */
export const putRule =
  (rule: Rule): Edit =>
  (document) => ({ ...document, rules: put(document.rules, rule) });

/** Takes a rule out. */
export const removeRule =
  (name: string): Edit =>
  (document) => ({ ...document, rules: without('rule', document.rules, name) });

/** Adds a target or replaces the one of that name. */
export const putTarget =
  (target: Target): Edit =>
  (document) => ({ ...document, targets: put(document.targets, target) });

/** Takes a target out; refused later where rules still name it. */
export const removeTarget =
  (name: string): Edit =>
  (document) => ({ ...document, targets: without('target', document.targets, name) });

/** Changes when series count as complete. */
export const putCompletion =
  (completion: Completion): Edit =>
  (document) => ({ ...document, completion });

const put = <Named extends { readonly name: string }>(list: readonly Named[], item: Named): Named[] => {
  const index = list.findIndex(({ name }) => name === item.name);
  return index < 0 ? [...list, item] : list.with(index, item);
};

const without = <Named extends { readonly name: string }>(
  kind: string,
  list: readonly Named[],
  name: string,
): Named[] => {
  const rest = list.filter((item) => item.name !== name);
  if (rest.length < list.length) return rest;
  const known = list.map((item) => `'${item.name}'`).join(', ') || 'none';
  throw new CodedError(`configuration.unknown-${kind}`, `there is no ${kind} '${name}'; known: ${known}`);
};
