import { deidentify, type Deidentification, type Deidentified } from '../src/index.js';

export const secret = 'a secret of the tests';

/** Pieces as they come from anywhere. */
export async function* piecesOf(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All of what is let out; throws where the object is held. */
export const deidentified = async (
  dataSet: Buffer,
  asked: Partial<Deidentification> = {},
): Promise<Deidentified & { readonly bytes: Buffer }> => {
  const all = { transferSyntaxUid: '1.2.840.10008.1.2.1', profile: { options: [] }, secret, ...asked };
  const result = await deidentify(piecesOf(dataSet), all);
  if (result.outcome === 'held') throw new Error(`held: ${result.reasons.join(', ')}`);
  const pieces: Buffer[] = [];
  for await (const piece of result.pieces) pieces.push(piece);
  return { ...result, bytes: Buffer.concat(pieces) };
};
