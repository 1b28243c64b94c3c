import type { RoutingDirective } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { z } from 'zod';

const Routing = z.object({
  target: z.union([z.string(), z.array(z.string())]).optional(),
  discard: z.boolean().optional(),
  use_alternate_target: z.boolean().optional(),
});

const Directives = z.object({ __mercure_routing: Routing.optional() });

/** What a module says in its `result.json`. */
export interface ModuleResult {
  /** All of it. */
  readonly result: Readonly<Record<string, z.core.util.JSONType>>;
  readonly routing?: RoutingDirective;
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
  const directive = directiveOf(directives.data.__mercure_routing ?? {});
  return { result, ...(Object.keys(directive).length > 0 ? { routing: directive } : {}) };
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

const unreadable = (why: string): CodedError =>
  new CodedError('container.result-unreadable', `the result.json of the module cannot be used: ${why}`, {
    details: { retryable: false },
  });
