import type { SettingName, SettingValues } from './settings-table.js';

type WithoutDefault =
  | 'bind'
  | 'spool'
  | 'objects'
  | 'acceptCalled'
  | 'apiToken'
  | 'maxAssociationsPerCaller'
  | 'maxAssociationsPerAddress'
  | Extract<SettingName, `tls${string}File`>;

/** What was read, where every setting that has a default is there. */
export type CompleteValues = Required<Omit<SettingValues, WithoutDefault>> & SettingValues;
