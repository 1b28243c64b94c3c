export { describeSettings } from './describe-settings.js';
export type { DicomSettings, DicomTlsSettings } from './dicom-settings.js';
export { loadSettings } from './load-settings.js';
export { nameOfSetting } from './name-of-setting.js';
export { redact } from './redact.js';
export type { AcceptedAeTitles } from './setting-kinds.js';
export { SETTINGS, SettingsModule } from './settings-module.js';
export type { Settings } from './settings.js';
export type { SettingsProblem } from './settings-problem.js';
