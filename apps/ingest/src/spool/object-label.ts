import { isDicomUid } from '@waystation/kernel';

/** Where the log speaks of an object. */
export interface ObjectLabel {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
}

/** What an object is called in a spool, so that one who finds it there knows where to ask. */
export const labelText = ({ seriesInstanceUid, sopInstanceUid }: ObjectLabel): string =>
  `${seriesInstanceUid}_${sopInstanceUid}`;

/** Undefined for a text that is not of {@link labelText}. */
export const parseLabel = (text: string): ObjectLabel | undefined => {
  const [seriesInstanceUid = '', sopInstanceUid = '', ...others] = text.split('_');
  const isLabel = others.length === 0 && isDicomUid(seriesInstanceUid) && isDicomUid(sopInstanceUid);
  return isLabel ? { seriesInstanceUid, sopInstanceUid } : undefined;
};
