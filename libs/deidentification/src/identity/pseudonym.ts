import { keyedHash } from './keyed-hash.js';

/** What a patient is called instead: always the same with the same secret, fit for LO, SH and PN. */
export const pseudonym = (patientKey: string, secret: string): string =>
  `ANON-${keyedHash(secret, `patient:${patientKey}`).toString('hex', 0, 5).toUpperCase()}`;
