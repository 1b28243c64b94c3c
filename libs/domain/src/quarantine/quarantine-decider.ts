import { InstanceReinjected, ReinjectionRefused, ReinjectionRequested, type Recorded } from '@waystation/events';
import { CodedError, unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { keptAside, type AskedFor, type QuarantineEvent, type QuarantineState } from './quarantine-state.js';

/** Queue of the objects that are to be taken in again. */
export const reinjectObjectsQueue = 'reinject-objects';

/** Somebody wants an object taken in again. */
export interface RequestReinjection {
  readonly kind: 'request-reinjection';
  readonly request: ReinjectionRequested['data'];
}

/** It is in its series; to be written together with that. */
export interface NoteReinjected {
  readonly kind: 'note-reinjected';
  /** Position of the request that this answers. */
  readonly requestedBy: number;
  readonly instance: InstanceReinjected['data'];
}

/** It cannot be taken in. */
export interface RefuseReinjection {
  readonly kind: 'refuse-reinjection';
  /** Position of the request that this answers. */
  readonly requestedBy: number;
  readonly code: string;
  readonly reason: string;
}

export type QuarantineCommand = RequestReinjection | NoteReinjected | RefuseReinjection;

/**
 * What becomes of an object that was kept aside: asked for, and either taken in, for good, or refused again, as often as
 * somebody asks. A request has one outcome, whoever works on it.
 */
export const quarantineDecider: Decider<QuarantineState, QuarantineCommand, QuarantineEvent> = {
  initial: keptAside,
  decide: (state, command) => {
    switch (command.kind) {
      case 'request-reinjection':
        return request(state, command);
      case 'note-reinjected':
        return isAnsweredBy(state, command) ? [InstanceReinjected.of(command.instance)] : [];
      case 'refuse-reinjection': {
        const { code, reason } = command;
        return isAnsweredBy(state, command) ? [ReinjectionRefused.of({ code, reason })] : [];
      }
      default:
        return unreachable(command);
    }
  },
  evolve: (state, event) => evolveQuarantine(state, event),
  due: (state) =>
    state.status === 'reinjecting' ? { queue: reinjectObjectsQueue, since: state.requestedAt, afterMs: 0 } : undefined,
};

const request = (state: QuarantineState, { request: wanted }: RequestReinjection): readonly QuarantineEvent[] => {
  const { sha256 } = wanted.object;
  if (state.status === 'reinjecting')
    throw new CodedError('quarantine.already-running', `object ${sha256} is being taken in already`);
  if (state.status === 'reinjected') {
    const { sopInstanceUid, seriesInstanceUid } = state.instance;
    const message = `object ${sha256} was taken in already: it is ${sopInstanceUid} of series ${seriesInstanceUid}`;
    throw new CodedError('quarantine.already-reinjected', message);
  }
  return [ReinjectionRequested.of(wanted)];
};

const isAnsweredBy = (state: QuarantineState, { requestedBy }: NoteReinjected | RefuseReinjection): boolean =>
  state.status === 'reinjecting' && state.requestedBy === requestedBy;

const evolveQuarantine = (state: QuarantineState, event: Recorded<QuarantineEvent>): QuarantineState => {
  if (event.type === 'reinjection.requested.v1') {
    const { data, recordedtime, position } = event;
    return { status: 'reinjecting', request: data, requestedAt: recordedtime, requestedBy: position };
  }
  // What answers a request comes behind it; in a log that says otherwise there is nothing to know.
  if (state.status === 'kept-aside') return state;
  const { request: asked, requestedAt, requestedBy }: AskedFor = state;
  const known = { request: asked, requestedAt, requestedBy };
  switch (event.type) {
    case 'instance.reinjected.v1':
      return { ...known, status: 'reinjected', instance: event.data };
    case 'reinjection.refused.v1':
      return { ...known, status: 'refused-again', refusal: event.data };
    default:
      return unreachable(event);
  }
};
