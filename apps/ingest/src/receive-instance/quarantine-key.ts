/** Where the bytes of an object lie that could not be understood. */
export const quarantineKey = (sha256: string): string => `quarantine/${sha256.slice(0, 2)}/${sha256}.dcm`;
