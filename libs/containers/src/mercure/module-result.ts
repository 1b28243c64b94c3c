import type { RoutingDirective } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { z } from 'zod';

const Routing = z.object({
  target: z.union([z.string(), z.array(z.string())]).optional(),
  discard: z.boolean().optional(),
  use_alternate_target: z.boolean().optional(),
});

/** mercure takes whatever Python holds for true, and puts whatever there is into a text. */
const Notification = z.object({
  requested: z.json().optional(),
  text: z.json().optional(),
});

const Directives = z.object({
  __mercure_routing: Routing.optional(),
  __mercure_notification: Notification.optional(),
});

/** What a module says in its `result.json`. */
export interface ModuleResult {
  /** All of it. */
  readonly result: Readonly<Record<string, z.core.util.JSONType>>;
  readonly routing?: RoutingDirective;
  readonly notification?: ModuleNotification;
}

/** What a module wants people to be told. */
export interface ModuleNotification {
  /** Also where the rule tells only when it is asked to. */
  readonly requested: boolean;
  readonly text?: string;
}

/**
 * Reads a `result.json`.
 * @throws CodedError `container.result-unreadable`, which says where, and nothing of what was written
 */
export const readModuleResult = (text: string): ModuleResult => {
  const result = objectIn(text);
  const directives = Directives.safeParse(result);
  if (!directives.success) {
    const places = directives.error.issues.map(({ path }) => path.join('.'));
    throw unreadable(`${places.join(', ')} is not what mercure expects there`);
  }
  const { __mercure_routing: routing = {}, __mercure_notification: notification } = directives.data;
  const directive = directiveOf(routing);
  return {
    result,
    ...(Object.keys(directive).length > 0 ? { routing: directive } : {}),
    ...(notification === undefined ? {} : { notification: notificationOf(notification) }),
  };
};

const objectIn = (text: string): ModuleResult['result'] => {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(text));
  } catch {
    throw unreadable('it is no JSON object');
  }
};

const directiveOf = ({ target = [], discard, use_alternate_target }: z.infer<typeof Routing>): RoutingDirective => {
  const targets = [target].flat().filter((name) => name !== '');
  return {
    ...(targets.length > 0 ? { targets } : {}),
    ...(discard === true ? { discard } : {}),
    ...(use_alternate_target === true ? { useAlternateTarget: true } : {}),
  };
};

const notificationOf = ({ requested, text }: z.infer<typeof Notification>): ModuleNotification => {
  const words = typeof text === 'string' ? text : isTrue(text) ? JSON.stringify(text) : '';
  return { requested: isTrue(requested), ...(words.trim() === '' ? {} : { text: words }) };
};

const isTrue = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

const unreadable = (why: string): CodedError =>
  new CodedError('container.result-unreadable', `the result.json of the module cannot be used: ${why}`, {
    details: { retryable: false },
  });
