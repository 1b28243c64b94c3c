import { createHash } from 'node:crypto';
import type { ConfigurationDocument } from '@waystation/events';
import { canonicalJson } from './canonical-json.js';

/** SHA-256 of a configuration, the same whatever the order of its keys. */
export const documentHash = (document: ConfigurationDocument): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex');
