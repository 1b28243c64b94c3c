import type { ProposedContext } from '../pdu/presentation-context.js';
import type { SendableInstance } from './sendable-instance.js';

/** What goes over one association. */
export interface AssociationPlan {
  readonly contexts: readonly ProposedContext[];
  readonly sendings: readonly Sending[];
}

export interface Sending {
  readonly instance: SendableInstance;
  readonly context: ProposedContext;
}

/** Context ids are the odd numbers from 1 to 255. */
const CONTEXT_LIMIT = 128;

/**
 * One presentation context for each pair of SOP class and transfer syntax, with that transfer syntax alone: the peer takes
 * an object as it is stored, or not at all. More pairs than an association has contexts go over several.
 */
export const planAssociations = (instances: readonly SendableInstance[]): readonly AssociationPlan[] => {
  const plans: { contexts: ProposedContext[]; sendings: Sending[] }[] = [];
  const places = new Map<string, { readonly plan: number; readonly context: ProposedContext }>();
  for (const instance of instances) {
    const { sopClassUid, transferSyntaxUid } = instance;
    const pair = `${sopClassUid} ${transferSyntaxUid}`;
    const plan = places.get(pair)?.plan ?? Math.floor(places.size / CONTEXT_LIMIT);
    const { contexts, sendings } = (plans[plan] ??= { contexts: [], sendings: [] });
    let context = places.get(pair)?.context;
    if (context === undefined) {
      context = { id: 2 * contexts.length + 1, abstractSyntax: sopClassUid, transferSyntaxes: [transferSyntaxUid] };
      contexts.push(context);
      places.set(pair, { plan, context });
    }
    sendings.push({ instance, context });
  }
  return plans;
};
