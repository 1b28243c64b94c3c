import type { LogSealed, Recorded } from '@waystation/events';

/** How far the log is sealed. */
export interface LogState {
  readonly seals: number;
  /** Position of the last event under a seal. */
  readonly sealedThrough: number;
  readonly lastSeal: string | undefined;
}

export const unsealedLog: LogState = { seals: 0, sealedThrough: 0, lastSeal: undefined };

/** What a seal makes of it. */
export const evolveLog = (state: LogState, { data }: Recorded<LogSealed>): LogState => ({
  seals: state.seals + 1,
  sealedThrough: data.to,
  lastSeal: data.seal,
});
