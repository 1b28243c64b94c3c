/** What became of one value of mercure.json. */
export interface ImportItem {
  /** Where it stands: `rules.CT heads.target[0]`. */
  readonly path: string;
  /** `taken`: it means here what it meant there; `changed`: it is taken over, and something is different. */
  readonly outcome: 'taken' | 'changed' | 'not-taken';
  /** A sentence that says where it went, or what is different, or why it is left out; never a secret. */
  readonly reason: string;
}

/** What became of a value, wherever that stands. */
export type Fate = Omit<ImportItem, 'path'>;
