/** A part of a list whose commas do not count inside quotes, where a backslash takes the next character as it is. */
const PART = /(?:"(?:[^"\\]|\\.)*"|[^,"])+/g;

/**
 * The Subject Alternative Names of a certificate, each with its kind: `DNS:ct1.example`. A name with a comma or a quote
 * comes in quotes, and so cannot pass for two.
 * @param text as OpenSSL and Node write them, `DNS:ct1.example, IP Address:10.0.0.1`
 */
export const subjectAlternativeNames = (text: string): readonly string[] =>
  [...text.matchAll(PART)].map(([part]) => part.trim()).filter((part) => part !== '');
