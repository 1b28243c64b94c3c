import type { ProposedContext } from '../pdu/presentation-context.js';
import type { Alternatives, SendableInstance, StoredForm } from './sendable-instance.js';

/** What goes over one association, or several with the same contexts. */
export interface AssociationPlan {
  readonly contexts: readonly ProposedContext[];
  readonly sendings: readonly Sending[];
}

export interface Sending {
  readonly instance: SendableInstance;
  /** How it can be sent: as it is stored, and then its alternatives. */
  readonly offers: readonly Offer[];
}

/** A form of an object and the context it would be sent in. */
export interface Offer {
  readonly form: StoredForm;
  readonly context: ProposedContext;
}

/** Context ids are the odd numbers from 1 to 255. */
const CONTEXT_LIMIT = 128;

/** An association in the making. */
class Draft implements AssociationPlan {
  readonly contexts: ProposedContext[] = [];
  readonly sendings: Sending[] = [];
  private readonly byPair = new Map<string, ProposedContext>();

  hasRoomFor(pairs: readonly string[]): boolean {
    return this.byPair.size + pairs.filter((pair) => !this.byPair.has(pair)).length <= CONTEXT_LIMIT;
  }

  add(instance: SendableInstance, forms: readonly StoredForm[]): void {
    const offers = forms.map((form) => ({ form, context: this.contextFor(instance.sopClassUid, form) }));
    this.sendings.push({ instance, offers });
  }

  private contextFor(abstractSyntax: string, { transferSyntaxUid }: StoredForm): ProposedContext {
    const pair = `${abstractSyntax} ${transferSyntaxUid}`;
    const known = this.byPair.get(pair);
    if (known !== undefined) return known;
    const context = { id: 2 * this.contexts.length + 1, abstractSyntax, transferSyntaxes: [transferSyntaxUid] };
    this.contexts.push(context);
    this.byPair.set(pair, context);
    return context;
  }
}

/** The stored form first; a transfer syntax counts once. */
const formsOf = (instance: SendableInstance, alternatives: Alternatives): readonly StoredForm[] => {
  const bySyntax = new Map<string, StoredForm>();
  for (const form of [instance, ...alternatives(instance)]) {
    if (!bySyntax.has(form.transferSyntaxUid)) bySyntax.set(form.transferSyntaxUid, form);
  }
  return [...bySyntax.values()].slice(0, CONTEXT_LIMIT);
};

/**
 * One presentation context for each pair of SOP class and transfer syntax, with that transfer syntax alone: the peer says
 * of each whether it takes it. More pairs than an association has contexts go over several.
 */
export const planAssociations = (
  instances: readonly SendableInstance[],
  alternatives: Alternatives = () => [],
): readonly AssociationPlan[] => {
  const drafts: Draft[] = [];
  const places = new Map<string, Draft>();
  for (const instance of instances) {
    const forms = formsOf(instance, alternatives);
    const pairs = forms.map(({ transferSyntaxUid }) => `${instance.sopClassUid} ${transferSyntaxUid}`);
    const key = pairs.join(' ');
    let draft = places.get(key) ?? drafts.at(-1);
    if (draft === undefined || !draft.hasRoomFor(pairs)) {
      draft = new Draft();
      drafts.push(draft);
    }
    places.set(key, draft);
    draft.add(instance, forms);
  }
  return drafts;
};
