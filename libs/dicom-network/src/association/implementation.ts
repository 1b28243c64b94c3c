import { IMPLEMENTATION_CLASS_UID } from '@waystation/kernel';

/** Which program speaks, PS3.7 annex D.3.3.2. */
export interface Implementation {
  readonly classUid: string;
  /** At most 16 characters. */
  readonly versionName: string;
}

/** Waystation. The UID is derived from a UUID (PS3.5 B.2) and stays the same for all versions. */
export const waystationImplementation: Implementation = {
  classUid: IMPLEMENTATION_CLASS_UID,
  versionName: 'WAYSTATION_010',
};
