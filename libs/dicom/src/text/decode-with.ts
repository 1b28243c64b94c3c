export interface DecodedText {
  readonly text: string;
  /** False when some bytes mean nothing in the character set. */
  readonly faithful: boolean;
}

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** Decodes by an encoding of the WHATWG standard. Bytes that mean nothing become U+FFFD. */
export const decodeWith = (encoding: string, bytes: Buffer): DecodedText => {
  let decoder = decoders.get(encoding);
  if (decoder === undefined) {
    decoder = new TextDecoder(encoding, { ignoreBOM: true });
    decoders.set(encoding, decoder);
  }
  const text = decoder.decode(bytes);
  return { text, faithful: !text.includes('\uFFFD') };
};
