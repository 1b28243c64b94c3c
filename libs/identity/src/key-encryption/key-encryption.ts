/**
 * Wraps the keys of patients. The port to whatever holds the key-encryption key: here a file or a variable, elsewhere a
 * key management service, which then sees every key but no patient.
 */
export interface KeyEncryption {
  /** Which key it is, without telling anything of it: stands beside everything that it wrapped. */
  readonly id: string;
  /** @param context authenticated with the key: it unwraps nowhere else */
  wrap(key: Buffer, context: string): Promise<Buffer>;
  /** @throws CodedError `identity.damaged` where it was not wrapped by this key, for this context, as it is */
  unwrap(wrapped: Buffer, context: string): Promise<Buffer>;
}
