import { settingsTable, type SettingName } from './settings-table.js';

/** A setting as people look for it: `dicom.port (WAYSTATION_DICOM_PORT)`. */
export const nameOfSetting = (name: SettingName): string => `${settingsTable[name].key} (${settingsTable[name].env})`;
