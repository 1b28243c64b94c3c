/**
 * Where an object lies that is found by its content: the same bytes have one place, and others can never take it.
 * @param size where the place without it is taken: the hash is that of the data set, and the file meta information in front
 *   of it may have another length
 */
export const contentKey = (sha256: string, size?: number): string =>
  `objects/${sha256.slice(0, 2)}/${sha256}${size === undefined ? '' : `-${size}`}.dcm`;

/** Whether an object of the same bytes that comes later gets the very same key. */
export const isContentKey = (key: string): boolean => key.startsWith('objects/');
