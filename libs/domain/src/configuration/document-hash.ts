import { createHash } from 'node:crypto';
import type { ConfigurationDocument } from '@waystation/events';

/** JSON with the keys of every object in order, so that equal documents are equal text. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** SHA-256 of a configuration, the same whatever the order of its keys. */
export const documentHash = (document: ConfigurationDocument): string =>
  createHash('sha256').update(canonicalJson(document)).digest('hex');
