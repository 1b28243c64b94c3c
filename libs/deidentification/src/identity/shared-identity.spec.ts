import { syntheticInstance } from '@waystation/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deidentify } from '../deidentify/deidentify.js';
import { SharedIdentity } from './shared-identity.js';

const explicitLittleEndianUid = '1.2.840.10008.1.2.1';
const piecesOf = async function* (dataSet: Buffer): AsyncGenerator<Buffer> {
  yield Buffer.from(dataSet);
};
const cleaned = async (dataSet: Buffer, shared: SharedIdentity): Promise<string> => {
  const result = await deidentify(piecesOf(dataSet), {
    transferSyntaxUid: explicitLittleEndianUid,
    profile: { options: ['clean-descriptors'] },
    secret: 'a secret of the tests',
    shared: shared.tokens,
  });
  if (result.outcome === 'held') throw new Error('it is held');
  const pieces: Buffer[] = [];
  for await (const piece of result.pieces) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
};

describe('what says who is in objects that belong together', () => {
  it('is found in each of them, whichever has it as such and in whatever order they were read', async () => {
    const name = fc.stringMatching(/^[B-DF-HJ-NP-TV-Z][b-df-hj-np-tv-z]{5,12}$/);
    await fc.assert(
      fc.asyncProperty(name, fc.boolean(), async (family, first) => {
        const named = syntheticInstance({ seed: 'a', overrides: { OperatorsName: `${family}^Ole` } }).dataSet;
        const written = syntheticInstance({ seed: 'b', studyDescription: `read by ${family} twice` }).dataSet;
        const shared = new SharedIdentity();
        for (const dataSet of first ? [named, written] : [written, named])
          await shared.read(piecesOf(dataSet), explicitLittleEndianUid);
        for (const dataSet of [named, written])
          expect((await cleaned(dataSet, shared)).toLowerCase()).not.toContain(family.toLowerCase());
        expect(await cleaned(written, shared)).toContain('read by');
      }),
      { numRuns: 40 },
    );
  });

  it('is refused in a syntax that there is not', async () => {
    await expect(new SharedIdentity().read(piecesOf(Buffer.alloc(0)), '1.2.3')).rejects.toMatchObject({
      code: 'deidentification.syntax-unknown',
    });
  });
});
