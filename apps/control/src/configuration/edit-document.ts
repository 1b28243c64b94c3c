import { assertRemovable } from '@waystation/domain';
import type {
  Completion,
  ConfigurationDocument,
  ProcessingModule,
  Rule,
  Sender,
  Subscription,
  Target,
} from '@waystation/events';
import { CodedError, trimAeTitle } from '@waystation/kernel';

/** A change to a configuration; pure, so that it can be tried on any version. */
export type Edit = (document: ConfigurationDocument) => ConfigurationDocument;

/** Adds a rule behind the others, or replaces the one of that name in its place. */
export const putRule =
  (rule: Rule): Edit =>
  (document) => ({ ...document, rules: put(document.rules, rule, nameOf) });

/** Takes a rule out. */
export const removeRule =
  (name: string): Edit =>
  (document) => ({ ...document, rules: without('rule', document.rules, name, nameOf) });

/** Adds a target or replaces the one of that name. */
export const putTarget =
  (target: Target): Edit =>
  (document) => ({ ...document, targets: put(document.targets, target, nameOf) });

/** Takes a target out; refused where rules still name it. */
export const removeTarget =
  (name: string): Edit =>
  (document) => {
    const targets = without('target', document.targets, name, nameOf);
    assertRemovable(document, 'target', name);
    return { ...document, targets };
  };

/** Adds a module or replaces the one of that name. */
export const putModule =
  (module: ProcessingModule): Edit =>
  (document) => ({ ...document, modules: put(document.modules, module, nameOf) });

/** Takes a module out; refused where rules still name it. */
export const removeModule =
  (name: string): Edit =>
  (document) => {
    const modules = without('module', document.modules, name, nameOf);
    assertRemovable(document, 'module', name);
    return { ...document, modules };
  };

/** Adds a sender or replaces the one of that AE title. */
export const putSender =
  (sender: Sender): Edit =>
  (document) => ({ ...document, senders: put(document.senders, sender, titleOf) });

/** Takes a sender out: its AE title is enough again. */
export const removeSender =
  (aeTitle: string): Edit =>
  (document) => ({ ...document, senders: without('sender', document.senders, trimAeTitle(aeTitle), titleOf) });

/** Adds a subscription or replaces the one of that name. */
export const putSubscription =
  (subscription: Subscription): Edit =>
  (document) => ({ ...document, subscriptions: put(document.subscriptions, subscription, nameOf) });

/** Takes a subscription out: its endpoint is sent nothing more. */
export const removeSubscription =
  (name: string): Edit =>
  (document) => ({ ...document, subscriptions: without('subscription', document.subscriptions, name, nameOf) });

/** Changes when series count as complete. */
export const putCompletion =
  (completion: Completion): Edit =>
  (document) => ({ ...document, completion });

const nameOf = ({ name }: { readonly name: string }): string => name;
const titleOf = ({ aeTitle }: Sender): string => trimAeTitle(aeTitle);

const put = <Item>(list: readonly Item[], item: Item, keyOf: (item: Item) => string): Item[] => {
  const index = list.findIndex((other) => keyOf(other) === keyOf(item));
  return index < 0 ? [...list, item] : list.with(index, item);
};

const without = <Item>(kind: string, list: readonly Item[], key: string, keyOf: (item: Item) => string): Item[] => {
  const rest = list.filter((item) => keyOf(item) !== key);
  if (rest.length < list.length) return rest;
  const known = list.map((item) => `'${keyOf(item)}'`).join(', ') || 'none';
  throw new CodedError(`configuration.unknown-${kind}`, `there is no ${kind} '${key}'; known: ${known}`);
};
