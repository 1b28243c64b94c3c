import { CodedError } from '@waystation/kernel';

/** No empty segment and none that begins with a dot: no way out of the folder, and names of our own cannot clash. */
const KEY = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const PREFIX = /^[A-Za-z0-9._/-]*$/;
/** Of S3 for the whole key, of file systems for one segment. */
const longest = { key: 1024, segment: 255 };

const shown = (text: string): string => JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** Throws `object-store.invalid-key` for a key that would not be one and the same name in every kind of store. */
export const assertObjectKey = (key: string): void => {
  const tooLong = key.length > longest.key || key.split('/').some((segment) => segment.length > longest.segment);
  if (tooLong || !KEY.test(key))
    throw new CodedError(
      'object-store.invalid-key',
      `object key ${shown(key)} is not valid: expected segments of A-Z a-z 0-9 . _ - separated by single slashes, ` +
        `none beginning with a dot, at most ${longest.segment} characters each and ${longest.key} in all`,
    );
};

/** Throws `object-store.invalid-key` for a prefix that no key can begin with. */
export const assertKeyPrefix = (prefix: string): void => {
  if (!PREFIX.test(prefix) || prefix.startsWith('/') || prefix.split('/').includes('..'))
    throw new CodedError(
      'object-store.invalid-key',
      `key prefix ${shown(prefix)} is not valid: expected A-Z a-z 0-9 . _ - /, no leading slash and no ".."`,
    );
};
