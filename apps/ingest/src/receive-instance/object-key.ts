/** Where an object lies: by its content, so that the same bytes have one place and other bytes can never take it. */
export const objectKey = (sha256: string): string => `objects/${sha256.slice(0, 2)}/${sha256}.dcm`;

/** Where the bytes of an object lie that could not be understood. */
export const quarantineKey = (sha256: string): string => `quarantine/${sha256.slice(0, 2)}/${sha256}.dcm`;
