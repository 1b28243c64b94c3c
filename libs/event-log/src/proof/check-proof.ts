import type { KeyObject } from 'node:crypto';
import { eventHash } from '../append/event-hash.js';
import { rootByPath } from '../seal/merkle-path.js';
import { sealHash } from '../seal/seal-hash.js';
import { sealLeaf } from '../seal/seal-leaf.js';
import { isSignedBy, publicKeyFrom, publicKeyText } from '../seal/seal-signature.js';
import { EventProof } from './event-proof.js';

export interface CheckProofOptions {
  /** Ed25519 keys that are trusted: the seal has to be signed by one of them. */
  readonly publicKeys?: readonly KeyObject[];
  /** The seal as it was kept elsewhere, 64 hexadecimal digits. */
  readonly seal?: string;
}

/** What a proof shows. */
export interface ProofVerdict {
  readonly ok: boolean;
  /** The first thing that is wrong, in a sentence. */
  readonly problem: string | undefined;
  readonly proof: EventProof | undefined;
  /** What vouches for the seal: without any of it the proof only shows that it is in itself sound. */
  readonly vouchedBy: readonly ('signature' | 'kept seal')[];
}

type Check = (proof: EventProof, options: CheckProofOptions) => string | undefined;

const checkHash: Check = ({ event }) => {
  const found = eventHash(event).toString('hex');
  return found === event.hash ? undefined : `the event has the hash ${found}, expected ${event.hash}`;
};

const checkLeaf: Check = ({ event, leaf }) => {
  const found = sealLeaf({ ...event, hash: Buffer.from(event.hash, 'hex') }).toString('hex');
  return found === leaf ? undefined : `the event at its place has the leaf ${found}, expected ${leaf}`;
};

const checkPath: Check = ({ event: { position }, leaf, path, seal: { from, to, root } }) => {
  if (position < from || position > to)
    return `position ${position} is not between ${from} and ${to}, which are sealed`;
  const beside = path.map((hash) => Buffer.from(hash, 'hex'));
  const found = rootByPath(Buffer.from(leaf, 'hex'), beside, { index: position - from, size: to - from + 1 });
  if (found?.toString('hex') === root) return undefined;
  return `the path leads to ${found?.toString('hex') ?? 'no root'}, expected the root ${root}`;
};

const checkSeal: Check = ({ seal }, { seal: kept }) => {
  const found = sealHash(seal);
  if (found !== seal.seal) return `the seal is ${seal.seal}, and its content gives ${found}`;
  return kept === undefined || kept === seal.seal
    ? undefined
    : `the seal is ${seal.seal}, and the one that was kept ${kept}`;
};

const checkSignature: Check = ({ seal: { seal, signature } }, { publicKeys = [] }) => {
  if (signature === null) return publicKeys.length === 0 ? undefined : 'the seal is not signed';
  const trusted = publicKeys.map(publicKeyText);
  if (trusted.length > 0 && !trusted.includes(signature.key)) {
    return `the seal is signed by the key ${signature.key}, which was not given as one to be trusted`;
  }
  return isSignedBy(publicKeyFrom(signature.key), seal, signature)
    ? undefined
    : `the signature is not one of the owner of the key ${signature.key}`;
};

const checks: readonly Check[] = [checkHash, checkLeaf, checkPath, checkSeal, checkSignature];

/**
 * Checks a proof, with nothing but what it holds and what is trusted.
 * @param text JSON of an {@link EventProof}
 * @throws log.signing-key-invalid where the proof holds a key that is none
 */
export const checkProof = (text: string, options: CheckProofOptions = {}): ProofVerdict => {
  const proof = parsed(text);
  if (!proof) return { ok: false, problem: 'this is not a proof of Waystation', proof: undefined, vouchedBy: [] };
  for (const check of checks) {
    const problem = check(proof, options);
    if (problem !== undefined) return { ok: false, problem, proof, vouchedBy: [] };
  }
  const isSigned = (options.publicKeys ?? []).length > 0;
  const vouchedBy = [
    ...(isSigned ? (['signature'] as const) : []),
    ...(options.seal === undefined ? [] : (['kept seal'] as const)),
  ];
  return { ok: true, problem: undefined, proof, vouchedBy };
};

const parsed = (text: string): EventProof | undefined => {
  try {
    return EventProof.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
