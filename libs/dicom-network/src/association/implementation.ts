/** Which program speaks, PS3.7 annex D.3.3.2. */
export interface Implementation {
  readonly classUid: string;
  /** At most 16 characters. */
  readonly versionName: string;
}

/** Waystation. The UID is derived from a UUID (PS3.5 B.2) and stays the same for all versions. */
export const waystationImplementation: Implementation = {
  classUid: '2.25.164986780959891548219131440007358760670',
  versionName: 'WAYSTATION_010',
};
