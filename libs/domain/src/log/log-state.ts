import type {
  IdentityKeyRotated,
  LogSealed,
  LogSegmentArchived,
  LogSegmentDetached,
  LogSegmentDropped,
  LogSigningKeyChanged,
  Recorded,
} from '@waystation/events';

/** Everything that happens to the log itself. */
export type LogEvent =
  LogSealed | LogSigningKeyChanged | IdentityKeyRotated | LogSegmentArchived | LogSegmentDetached | LogSegmentDropped;

/** How far the log is sealed, and where its oldest segments are. */
export interface LogState {
  readonly seals: number;
  /** Position of the last event under a seal. */
  readonly sealedThrough: number;
  readonly lastSeal: string | undefined;
  /** The key that seals are signed with. */
  readonly signingKey: string | undefined;
  /** Name of the key-encryption key of patients, where it was changed ever. */
  readonly identityKey: string | undefined;
  /** Positions of the last events that have a copy in the object store, have left the table, are in no table. */
  readonly archivedThrough: number;
  readonly detachedThrough: number;
  readonly droppedThrough: number;
}

export const unsealedLog: LogState = {
  seals: 0,
  sealedThrough: 0,
  lastSeal: undefined,
  signingKey: undefined,
  identityKey: undefined,
  archivedThrough: 0,
  detachedThrough: 0,
  droppedThrough: 0,
};

/** What an event makes of it. */
export const evolveLog = (state: LogState, event: Recorded<LogEvent>): LogState => {
  switch (event.type) {
    case 'log.sealed.v1':
      return { ...state, seals: state.seals + 1, sealedThrough: event.data.to, lastSeal: event.data.seal };
    case 'log.signing-key-changed.v1':
      return { ...state, signingKey: event.data.key ?? undefined };
    case 'identity.key-rotated.v1':
      return { ...state, identityKey: event.data.key };
    case 'log.segment-archived.v1':
      return { ...state, archivedThrough: event.data.to };
    case 'log.segment-detached.v1':
      return { ...state, detachedThrough: event.data.to };
    case 'log.segment-dropped.v1':
      return { ...state, droppedThrough: event.data.to };
    default:
      return state;
  }
};
