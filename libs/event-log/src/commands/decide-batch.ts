import { fold, type Decider } from '@waystation/domain';
import type { EventMetadata, NewEvent, Recorded } from '@waystation/events';
import { CodedError, instantAfter, type Instant } from '@waystation/kernel';
import type { AppendPart } from '../append/append-unit.js';
import type { PendingCommand } from './command-context.js';
import type { StreamFold } from './stream-fold.js';
import { timerChange } from './timer-change.js';

/** What a command led to: events of the stream and parts for others, or why it was refused. */
export interface Decision<State, Command, Event extends NewEvent> {
  readonly pending: PendingCommand<State, Command, Event>;
  readonly events: readonly Event[];
  readonly alongside: readonly AppendPart[];
  readonly refusal?: { readonly reason: unknown };
}

/** Commands that were decided one on top of the other. */
export interface DecidedBatch<State, Command, Event extends NewEvent> {
  readonly base: StreamFold<State>;
  /** When it was decided. */
  readonly time: Instant;
  readonly decisions: readonly Decision<State, Command, Event>[];
  /** What to append; none where nothing is to be written. */
  readonly parts: readonly AppendPart[];
}

interface Surroundings {
  readonly stream: string;
  /** The database's clock, as well as it is known here. */
  readonly now: Instant;
  readonly metadata: EventMetadata;
}

const provisionalTime = ({ recordedtime }: StreamFold<unknown>, now: Instant): Instant =>
  recordedtime === undefined || now > recordedtime ? now : instantAfter(recordedtime, 1);

const isOverlapping = (alongside: readonly AppendPart[], touched: ReadonlySet<string>): boolean =>
  alongside.some(({ stream, expected }) => expected !== 'any' && touched.has(stream));

/**
 * Decides commands of one stream in order, each on the state that the ones before it lead to. A command that is refused
 * leaves no trace in that state. Stops before a command whose parts for other streams expect versions that a command
 * before it changes.
 */
export const decideBatch = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  base: StreamFold<State>,
  commands: readonly PendingCommand<State, Command, Event>[],
  { stream, now, metadata }: Surroundings,
): DecidedBatch<State, Command, Event> => {
  const provisional = provisionalTime(base, now);
  const decisions: Decision<State, Command, Event>[] = [];
  const parts: AppendPart[] = [];
  const touched = new Set<string>();
  let { state, sequence } = base;

  const decideOne = (pending: PendingCommand<State, Command, Event>) => {
    const events = decider.decide(state, pending.command);
    const own = { ...metadata, ...pending.context.metadata };
    const place = { position: 0, stream, time: now, recordedtime: provisional, metadata: own };
    const recorded = events.map((event, index) => ({ ...event, ...place, sequence: sequence + index + 1 }));
    const next = fold(decider, recorded as unknown as readonly Recorded<Event>[], state);
    const alongside = (pending.context.alongside?.(events, next) ?? []).map((part) => ({ metadata: own, ...part }));
    if (alongside.some((part) => part.stream === stream)) {
      throw new CodedError('log.invalid-unit', `a part beside stream ${stream} is for the stream itself`);
    }
    return { decision: { pending, events, alongside }, next, own };
  };

  for (const pending of commands) {
    try {
      const { decision, next, own } = decideOne(pending);
      if (isOverlapping(decision.alongside, touched)) break;
      decisions.push(decision);
      if (decision.events.length + decision.alongside.length === 0) continue;
      parts.push({ stream, expected: sequence, events: decision.events, metadata: own }, ...decision.alongside);
      for (const part of decision.alongside) touched.add(part.stream);
      state = next;
      sequence += decision.events.length;
    } catch (reason) {
      decisions.push({ pending, events: [], alongside: [], refusal: { reason } });
    }
  }
  const timer = timerChange(decider.due(base.state), decider.due(state), provisional);
  return { base, time: now, decisions, parts: timer === undefined ? parts : withTimer(parts, stream, timer) };
};

/** On the last part of the stream: the timer follows from all its events. */
const withTimer = (
  parts: readonly AppendPart[],
  stream: string,
  timer: NonNullable<AppendPart['timer']> | null,
): readonly AppendPart[] => {
  const last = parts.findLastIndex((part) => part.stream === stream);
  return parts.map((part, index) => (index === last ? { ...part, timer } : part));
};
