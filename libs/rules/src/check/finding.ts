/** Something to say about a condition, by its place in the text. */
export interface Finding {
  /** An `error` cannot work for any header; a `warning` is hardly what was meant. */
  readonly severity: 'error' | 'warning';
  readonly code:
    | 'rules.syntax'
    | 'rules.unknown-tag'
    | 'rules.unknown-rule'
    | 'rules.circle'
    | 'rules.impossible'
    | 'rules.suspicious';
  readonly offset: number;
  readonly message: string;
  /** What to write instead. */
  readonly suggestion?: string;
}
