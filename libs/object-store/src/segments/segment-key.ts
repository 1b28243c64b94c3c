/** Where an object lies in a segment. */
export interface SegmentPlace {
  /** Name of the segment. */
  readonly segment: string;
  /** Where its bytes begin, behind the record's head. */
  readonly offset: number;
  readonly length: number;
}

export const segmentsFolder = 'segments';
export const segmentSuffix = '.segment';

const KEY = /^segments\/([A-Za-z0-9][A-Za-z0-9_-]*)\/(\d{1,15})-(\d{1,15})$/;

/** The key of an object in a segment says where it is: nothing has to be looked up. */
export const segmentKey = ({ segment, offset, length }: SegmentPlace): string =>
  `${segmentsFolder}/${segment}/${offset}-${length}`;

/** Whether a key says where an object lies: then no other object ever gets it. */
export const isPlaceKey = (key: string): boolean => KEY.test(key);

/** The place that a key names; undefined for the key of an object that has a file of its own. */
export const placeOfKey = (key: string): SegmentPlace | undefined => {
  const [, segment, offset, length] = KEY.exec(key) ?? [];
  return segment === undefined ? undefined : { segment, offset: Number(offset), length: Number(length) };
};
