/** What became of a patient. */
export interface ForgottenPatient {
  readonly pseudonym: string;
  /** Keys that were destroyed; 0 where there were none, or none any more. */
  readonly keys: number;
}
