/**
 * Ends an evaluation: the operation is not defined for these values. Its sentence names kinds, never values, because
 * values may identify a patient.
 */
export class EvaluationFailure extends Error {
  override readonly name = 'EvaluationFailure';
}
