import { CodedError } from '@waystation/kernel';
import type { Image } from '../executor/image.js';

interface InspectedImage {
  readonly Id?: unknown;
  readonly RepoDigests?: readonly string[] | null;
  readonly Config?: { readonly Volumes?: Readonly<Record<string, unknown>> | null };
}

const digestPattern = /sha256:[0-9a-f]{64}$/;

/**
 * The image that an engine described (`GET /images/{name}/json`).
 * @throws CodedError `container.engine-refused` where that says no digest
 */
export const imageOf = (reference: string, answer: unknown): Image => {
  const { Id, RepoDigests, Config } = (answer ?? {}) as InspectedImage;
  const name = nameIn(reference);
  const digests = RepoDigests ?? [];
  // One image may have been pulled by several names, with a manifest each.
  const named = digests.find((one) => one.startsWith(`${name}@`) || one.endsWith(`/${name}@`)) ?? digests[0];
  const id = digestPattern.exec(typeof Id === 'string' ? `sha256:${Id.replace(/^sha256:/, '')}` : '')?.[0];
  if (id === undefined) {
    throw new CodedError('container.engine-refused', `the container engine says no digest of the image ${reference}`);
  }
  const digest = digestPattern.exec(reference)?.[0] ?? digestPattern.exec(named ?? '')?.[0] ?? id;
  return { reference, id, digest, volumes: Object.keys(Config?.Volumes ?? {}) };
};

/** The name without tag and digest: a colon before the last slash belongs to a port. */
const nameIn = (reference: string): string => reference.replace(/@.*$/, '').replace(/:[^/:]+$/, '');
