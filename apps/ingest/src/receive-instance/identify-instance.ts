import type { Facts } from '@waystation/events';
import { isDicomUid, trimDicomUid } from '@waystation/kernel';

/** Where an object belongs. */
export interface InstanceIdentity {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
}

/** Why an object cannot be filed. */
export interface Unidentifiable {
  readonly code: string;
  readonly reason: string;
  /** Status of the C-STORE-RSP, PS3.4 table B.2-1. */
  readonly status: number;
}

const CANNOT_UNDERSTAND = 0xc000;
const DOES_NOT_MATCH_SOP_CLASS = 0xa900;

/**
 * Finds out which series an object belongs to, and whether the C-STORE-RQ and the data set speak of the same object
 * (PS3.4 B.2.3: the SOP Class and Instance UIDs of command and data set shall be equal).
 */
export const identifyInstance = (
  facts: Facts,
  command: { readonly sopClassUid: string; readonly sopInstanceUid: string },
): InstanceIdentity | Unidentifiable => {
  const uids: Record<string, string> = {};
  for (const keyword of ['SOPClassUID', 'SOPInstanceUID', 'StudyInstanceUID', 'SeriesInstanceUID']) {
    const uid = trimDicomUid(facts[keyword] ?? '');
    if (uid === '')
      return { code: 'ingest.missing-uid', reason: `the data set has no ${keyword}`, status: CANNOT_UNDERSTAND };
    if (!isDicomUid(uid)) {
      const reason = `${keyword} '${uid.slice(0, 80)}' is not a UID (PS3.5 chapter 9)`;
      return { code: 'ingest.invalid-uid', reason, status: CANNOT_UNDERSTAND };
    }
    uids[keyword] = uid;
  }
  const { SOPClassUID = '', SOPInstanceUID = '', StudyInstanceUID = '', SeriesInstanceUID = '' } = uids;
  if (SOPClassUID !== command.sopClassUid || SOPInstanceUID !== command.sopInstanceUid) {
    const said = `${command.sopClassUid} ${command.sopInstanceUid}`;
    const reason = `the C-STORE names ${said}, the data set ${SOPClassUID} ${SOPInstanceUID}`;
    return { code: 'ingest.uids-disagree', reason, status: DOES_NOT_MATCH_SOP_CLASS };
  }
  return {
    studyInstanceUid: StudyInstanceUID,
    seriesInstanceUid: SeriesInstanceUID,
    sopInstanceUid: SOPInstanceUID,
    sopClassUid: SOPClassUID,
  };
};
