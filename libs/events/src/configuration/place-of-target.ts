import type { Target } from './target.js';

/** Where a target is, in a few words. */
export const placeOfTarget = (target: Target): string =>
  target.kind === 'folder'
    ? target.path
    : `${target.calledAeTitle} at ${target.host}:${target.port}${target.tls === undefined ? '' : ' over TLS'}`;
