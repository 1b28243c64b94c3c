/**
 * UIDs of one length, so that a number in a finished message can be replaced. Every run has folders and a database of its
 * own, so that the numbers may begin anew.
 */
const DIGITS = 24;

const uid = (kind, number) => `2.25.${kind}${String(number).padStart(DIGITS, '0')}`;

export const studyUid = (number) => uid(1, number);
export const seriesUid = (number) => uid(2, number);
export const instanceUid = (number) => uid(3, number);

/** Associations count apart. */
export const firstNumberOf = (association) => association * 1_000_000;

/** The numbers of the series and the study that an instance belongs to, and which template it is made of. */
export const placeOf = (number, { seriesSize, shapes }) => ({
  series: Math.floor(number / seriesSize),
  study: Math.floor(number / 1_000_000),
  template: number % shapes.length,
});

/** The number of the instance that some bytes speak of first, or undefined. */
export function instanceNumberIn(bytes) {
  const match = /2\.25\.3(\d{24})/.exec(bytes.toString('latin1'));
  return match === null ? undefined : Number(match[1]);
}
