/**
 * Where the bytes of an object lie that could not be understood.
 * @param size where the place without it is taken: the hash is that of the data set, and the file meta information in front
 *   of it may have another length
 */
export const quarantineKey = (sha256: string, size?: number): string =>
  `quarantine/${sha256.slice(0, 2)}/${sha256}${size === undefined ? '' : `-${size}`}.dcm`;
