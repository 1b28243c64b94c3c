/** The log of one job. What comes behind its bound is left out, and the log says so. */
export interface JobLog {
  debug(sentence: string): void;
  log(sentence: string): void;
  warn(sentence: string): void;
  error(sentence: string): void;
  /** Raw bytes, as a program wrote them. */
  write(bytes: Uint8Array): void;
}
