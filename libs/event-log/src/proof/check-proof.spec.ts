import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventHash } from '../append/event-hash.js';
import { merklePath } from '../seal/merkle-path.js';
import { MerkleTree } from '../seal/merkle-tree.js';
import { NO_SEAL, sealHash } from '../seal/seal-hash.js';
import { sealLeaf } from '../seal/seal-leaf.js';
import { publicKeyFrom, signingKeyFrom, type SigningKey } from '../seal/seal-signature.js';
import { checkProof } from './check-proof.js';
import type { EventProof } from './event-proof.js';

const newKey = (): SigningKey =>
  signingKeyFrom(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const [key, foreign] = [newKey(), newKey()];
const eventAt = (position: number) => {
  const event = {
    position,
    stream: 'note/1',
    sequence: position,
    type: 'note.taken.v1',
    time: '2026-01-31T12:00:00.000Z',
    recordedtime: '2026-01-31T12:00:00.004Z',
    data: `{"text":"Jörg ${position}"}`,
    metadata: '{}',
  };
  return { ...event, hash: eventHash(event).toString('hex') };
};
const leafAt = (position: number): Buffer => {
  const event = eventAt(position);
  return sealLeaf({ ...event, hash: Buffer.from(event.hash, 'hex') });
};

/** The proof of one of the events that are under a seal together. */
const proofOf = (position: number, { from, to }: { from: number; to: number }, signedBy?: SigningKey): EventProof => {
  const leaves = Array.from({ length: to - from + 1 }, (_, index) => leafAt(from + index));
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  const body = { from, to, root: tree.root().toString('hex'), previous: NO_SEAL };
  const seal = sealHash(body);
  return {
    format: 'waystation-proof/1',
    event: eventAt(position),
    leaf: leafAt(position).toString('hex'),
    path: merklePath(leaves, position - from).map((hash) => hash.toString('hex')),
    seal: { position: to + 1, ...body, seal, signature: signedBy?.sign(seal) ?? null },
  };
};
const check = (proof: unknown, ...options: [Parameters<typeof checkProof>[1]?]) =>
  checkProof(JSON.stringify(proof), ...options);
const trusted = { publicKeys: [publicKeyFrom(key.publicKey)] };

describe('checkProof', () => {
  it('accepts the proof of any event under a seal of any size', () => {
    const place = fc
      .record({ from: fc.integer({ min: 1, max: 2 ** 40 }), size: fc.integer({ min: 1, max: 40 }) })
      .chain(({ from, size }) =>
        fc.record({ from: fc.constant(from), to: fc.constant(from + size - 1), at: fc.nat(size - 1) }),
      );
    fc.assert(
      fc.property(place, ({ from, to, at }) => {
        const proof = proofOf(from + at, { from, to });
        expect(check(proof)).toEqual({ ok: true, problem: undefined, proof, vouchedBy: [] });
      }),
    );
  });

  it('accepts no proof with any one character of what it holds changed', () => {
    const text = JSON.stringify(proofOf(5, { from: 1, to: 9 }, key));
    const meaningless = text.indexOf('"position":10');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('0', '1', 'a', 'f', 'Z', '"'), (at, character) => {
        const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
        // Where the seal is in the log is told for convenience; nothing hangs on it.
        fc.pre(changed !== text && (at < meaningless || at > meaningless + 12));
        expect(checkProof(changed, trusted).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('says what is wrong', () => {
    const proof = proofOf(5, { from: 1, to: 9 }, key);
    const { event, seal, path } = proof;
    const problemOf = (changed: object) => check({ ...proof, ...changed }).problem;
    expect(problemOf({ event: { ...event, data: '{}' } })).toMatch(/^the event has the hash [0-9a-f]{64}, expected/);
    expect(problemOf({ event: { ...event, recordedtime: '2026-01-31T12:00:00.005Z' } })).toMatch(
      /^the event at its place/,
    );
    expect(problemOf({ event: { ...event, position: 6 } })).toMatch(/^the event at its place has the leaf/);
    expect(problemOf({ path: path.slice(1) })).toMatch(/^the path leads to /);
    expect(problemOf({ seal: { ...seal, from: 6 } })).toBe('position 5 is not between 6 and 9, which are sealed');
    expect(problemOf({ seal: { ...seal, previous: 'a'.repeat(64) } })).toMatch(/and its content gives/);
    expect(checkProof('{').problem).toBe('this is not a proof of Waystation');
    expect(checkProof('{}').problem).toBe('this is not a proof of Waystation');
  });

  it('says what vouches for the seal', () => {
    const proof = proofOf(5, { from: 1, to: 9 }, key);
    expect(check(proof, trusted)).toMatchObject({ ok: true, vouchedBy: ['signature'] });
    expect(check(proof, { seal: proof.seal.seal })).toMatchObject({ ok: true, vouchedBy: ['kept seal'] });
    expect(check(proof, { seal: 'a'.repeat(64) }).problem).toMatch(/and the one that was kept aaaa/);
    expect(check(proofOf(5, { from: 1, to: 9 }), trusted).problem).toBe('the seal is not signed');
    const forged = proofOf(5, { from: 1, to: 9 }, foreign);
    expect(check(forged)).toMatchObject({ ok: true });
    expect(check(forged, trusted).problem).toMatch(/which was not given as one to be trusted/);
    const signature = { key: key.publicKey, value: forged.seal.signature?.value };
    expect(check({ ...forged, seal: { ...forged.seal, signature } }, trusted).problem).toMatch(/not one of the owner/);
  });
});
