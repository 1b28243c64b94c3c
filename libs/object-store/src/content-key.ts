/** Where an object lies that is found by its content: the same bytes have one place, and others can never take it. */
export const contentKey = (sha256: string): string => `objects/${sha256.slice(0, 2)}/${sha256}.dcm`;
