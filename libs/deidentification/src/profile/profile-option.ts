/** Options of the basic profile that have a column in PS3.15 table E.1-1 and are offered here. */
export const profileOptions = [
  'retain-safe-private',
  'retain-uids',
  'retain-device-identity',
  'retain-institution-identity',
  'retain-patient-characteristics',
  'retain-full-dates',
  'retain-modified-dates',
  'clean-descriptors',
  'clean-structured-content',
  'clean-graphics',
] as const;

export type ProfileOption = (typeof profileOptions)[number];
