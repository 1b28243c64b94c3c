/** How far the keys of patients are wrapped by another key. */
export interface RotationProgress {
  /** Id of the key-encryption key that everything is to be wrapped by. */
  readonly key: string;
  /** Keys that this step wrapped again. */
  readonly rewrapped: number;
  /** Keys that are wrapped by another one still. */
  readonly remaining: number;
}
