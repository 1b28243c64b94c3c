import { keyedHash } from './keyed-hash.js';

const FEWEST = 30;
const MOST = 3650;

/** How many days the dates of a patient are moved into the past: always the same with the same secret. */
export const daysMoved = (patientKey: string, secret: string): number =>
  FEWEST + (keyedHash(secret, `dates:${patientKey}`).readUInt32BE(0) % (MOST - FEWEST + 1));
