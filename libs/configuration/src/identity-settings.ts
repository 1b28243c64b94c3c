/** Where a key-encryption key comes from: a file, or the setting itself. */
export type IdentityKeySource =
  | {
      /** Absolute path. */
      readonly file: string;
      /** Whether it is ours, in the data folder, and not one that somebody named. */
      readonly inDataFolder: boolean;
    }
  | { readonly text: string };

/** The keys under which the keys of patients are wrapped. */
export interface IdentitySettings {
  /** Undefined where none is named: only a process that opens no identity does without. */
  readonly key: IdentityKeySource | undefined;
  /** The one before it, while keys are being rewrapped. */
  readonly previousKey: IdentityKeySource | undefined;
}
