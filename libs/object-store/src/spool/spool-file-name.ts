/** What a file of a spool is, by its name: many small objects, or one large one. */
export type SpoolFile =
  | { readonly kind: 'segment'; readonly number: number }
  | { readonly kind: 'object'; readonly number: number; readonly label: string; readonly sha256: string };

const NAME = /^(\d{1,9})(?:\.segment|_([A-Za-z0-9._-]{1,140})_([0-9a-f]{64})\.object)$/;

export const segmentFileName = (number: number): string => `${number}.segment`;

/** The name says what a record of a segment would say in its head. */
export const objectFileName = (number: number, label: string, sha256: string): string =>
  `${number}_${label}_${sha256}.object`;

/** Reads a name; undefined where the file is no part of the spool. */
export const parseSpoolFileName = (name: string): SpoolFile | undefined => {
  const [, digits, label, sha256] = NAME.exec(name) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  return label === undefined || sha256 === undefined
    ? { kind: 'segment', number }
    : { kind: 'object', number, label, sha256 };
};
