import type {
  AssociationAborted,
  AssociationAccepted,
  AssociationLost,
  AssociationRejected,
  AssociationReleased,
  AssociationSeriesNoted,
  InstanceQuarantined,
  InstanceRefused,
  OperationRefused,
  Recorded,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';

/** Everything that is written to `association/<id>`. */
export type AssociationEvent =
  | AssociationAccepted
  | AssociationSeriesNoted
  | AssociationRejected
  | AssociationReleased
  | AssociationAborted
  | AssociationLost
  | InstanceQuarantined
  | InstanceRefused
  | OperationRefused;

export interface AssociationState {
  readonly status: 'unknown' | 'open' | 'rejected' | 'released' | 'aborted' | 'lost';
  readonly callingAeTitle?: string;
  readonly calledAeTitle?: string;
  readonly address?: string;
  /** The receiver that took it. */
  readonly receiver?: string;
  readonly quarantined: readonly { readonly sopInstanceUid: string; readonly key: string; readonly reason: string }[];
  readonly refused: number;
  /** Names of operations that it asked for and that are not served. */
  readonly refusedOperations?: readonly string[];
  /** Why it was rejected or broke off. */
  readonly reason?: string;
}

export const unknownAssociation: AssociationState = { status: 'unknown', quarantined: [], refused: 0 };

/** What an event makes of an association. There is nothing to decide about one: it is only written down. */
export const evolveAssociation = (state: AssociationState, event: Recorded<AssociationEvent>): AssociationState => {
  switch (event.type) {
    case 'association.accepted.v1':
    case 'association.rejected.v1': {
      const { callingAeTitle, calledAeTitle, address } = event.data;
      const who = { ...state, callingAeTitle, calledAeTitle, address };
      if (event.type === 'association.rejected.v1') return { ...who, status: 'rejected', reason: event.data.reason };
      const { receiver } = event.data;
      return { ...who, ...(receiver === undefined ? {} : { receiver }), status: 'open' };
    }
    case 'association.released.v1':
      return { ...state, status: 'released' };
    case 'association.aborted.v1':
      return { ...state, status: 'aborted', reason: `${event.data.by}: ${event.data.reason}` };
    case 'association.lost.v1':
      return { ...state, status: 'lost', reason: 'its receiver is gone' };
    case 'association.series-noted.v1':
      return state;
    case 'instance.quarantined.v1': {
      const { sopInstanceUid, object, reason } = event.data;
      return { ...state, quarantined: [...state.quarantined, { sopInstanceUid, key: object.key, reason }] };
    }
    case 'instance.refused.v1':
      return { ...state, refused: state.refused + 1 };
    case 'operation.refused.v1':
      return { ...state, refusedOperations: [...(state.refusedOperations ?? []), event.data.operation] };
    default:
      return unreachable(event);
  }
};
