export { deidentify, type Deidentification, type Deidentified, type Held } from './deidentify/deidentify.js';
export { holdReasons, type HoldReason } from './deidentify/hold-reason.js';
export type { Report, ReportedElement, Treatment } from './deidentify/report.js';
export { checkProfile, type Profile } from './profile/profile.js';
export { codeUnder } from './profile/code-under.js';
export { profileOptions, type ProfileOption } from './profile/profile-option.js';
export type { ActionCode } from './table/action-code.js';
export { confidentialityTable, TABLE_EDITION, type TableRow } from './table/confidentiality-table.js';
export { patternRows, tableRowOf } from './table/table-row-of.js';
