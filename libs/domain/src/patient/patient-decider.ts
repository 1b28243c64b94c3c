import { IdentityErasureRequested, IdentityForgotten, type Recorded } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { unforgottenPatient, type PatientEvent, type PatientState } from './patient-state.js';

/** Queue of the timers that take up an erasure that somebody left half-way. */
export const forgetPatientsQueue = 'forget-patients';

/** Whoever asked does it at once; after so long another looks whether it was done. */
const TAKEN_UP_AFTER_MS = 10_000;

/** Somebody asks to destroy keys. */
export interface RequestErasure {
  readonly kind: 'request-erasure';
  /** The keys of the patient that there are. */
  readonly keys: readonly string[];
  readonly author: string;
  readonly reason: string;
}

/** The keys of the erasure under way are destroyed. */
export interface FinishErasure {
  readonly kind: 'finish-erasure';
  readonly keys: readonly string[];
}

export type PatientCommand = RequestErasure | FinishErasure;

/** How a patient is forgotten: asked for, done, written down; and again, where the patient came back since. */
export const patientDecider: Decider<PatientState, PatientCommand, PatientEvent> = {
  initial: unforgottenPatient,
  decide: (state, command) => {
    switch (command.kind) {
      case 'request-erasure':
        return requestErasure(state, command);
      case 'finish-erasure':
        return finishErasure(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: (state, event) => evolvePatient(state, event),
  due: ({ erasure }) =>
    erasure === undefined
      ? undefined
      : { queue: forgetPatientsQueue, since: erasure.requestedAt, afterMs: TAKEN_UP_AFTER_MS },
};

/** A key that is there although it was forgotten came back with a backup, and has to go again. */
const requestErasure = (
  { erasure }: PatientState,
  { keys, author, reason }: RequestErasure,
): readonly PatientEvent[] => {
  const added = keys.filter((key) => erasure?.keys.includes(key) !== true);
  return added.length === 0 ? [] : [IdentityErasureRequested.of({ keys: [...added], author, reason })];
};

/** What was asked for meanwhile stays to be done. */
const finishErasure = ({ erasure }: PatientState, { keys }: FinishErasure): readonly PatientEvent[] => {
  const done = erasure?.keys.filter((key) => keys.includes(key)) ?? [];
  if (erasure === undefined || done.length === 0) return [];
  return [IdentityForgotten.of({ keys: done, author: erasure.author, reason: erasure.reason })];
};

const evolvePatient = ({ erasure, forgotten }: PatientState, event: Recorded<PatientEvent>): PatientState => {
  const { keys, author, reason } = event.data;
  switch (event.type) {
    case 'identity.erasure-requested.v1': {
      const all = [...(erasure?.keys ?? []), ...keys];
      return { erasure: { keys: all, author, reason, requestedAt: event.recordedtime }, forgotten };
    }
    case 'identity.forgotten.v1': {
      const rest = erasure?.keys.filter((key) => !keys.includes(key)) ?? [];
      return {
        erasure: erasure === undefined || rest.length === 0 ? undefined : { ...erasure, keys: rest },
        forgotten: { keys: [...new Set([...(forgotten?.keys ?? []), ...keys])], at: event.recordedtime },
      };
    }
    default:
      return unreachable(event);
  }
};
