import type { IdentityErasureRequested, IdentityForgotten } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** Everything that is written to `patient/<pseudonym>`. */
export type PatientEvent = IdentityErasureRequested | IdentityForgotten;

/** Keys that are to be destroyed, who asked for it and why. */
export interface Erasure {
  readonly keys: readonly string[];
  readonly author: string;
  readonly reason: string;
  readonly requestedAt: Instant;
}

/** What the log knows of a patient: nothing but what was forgotten. */
export interface PatientState {
  /** Under way; undefined where nothing is. */
  readonly erasure: Erasure | undefined;
  /** Keys that are gone, and when the last of them went. */
  readonly forgotten: { readonly keys: readonly string[]; readonly at: Instant } | undefined;
}

/** A patient that nobody asked to forget. */
export const unforgottenPatient: PatientState = { erasure: undefined, forgotten: undefined };
