/** A fault with a stable code that programs can match and a sentence that people can act on. */
export class CodedError extends Error {
  /**
   * @param code stable, dotted, lower-case, for example `log.wrong-expected-version`
   * @param message names the thing, what was expected and what was found
   */
  constructor(
    readonly code: string,
    message: string,
    options?: { readonly cause?: unknown; readonly details?: Readonly<Record<string, unknown>> },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.details = options?.details ?? {};
  }

  readonly details: Readonly<Record<string, unknown>>;
}

/** Matches by code, not by class: errors also come from other copies of this package, from Node and over HTTP. */
export const hasCode = (error: unknown, code: string): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && error.code === code;
