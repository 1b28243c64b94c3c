import type { SettingName, SettingValues } from './settings-table.js';

type WithoutDefault =
  | 'bind'
  | 'spool'
  | 'objects'
  | 'acceptCalled'
  | 'apiToken'
  | 'userHeader'
  | 'maxAssociationsPerCaller'
  | 'maxAssociationsPerAddress'
  | 'sealKeyFile'
  | 'containersFolder'
  | 'containersBinds'
  | Extract<SettingName, `auditMessages${string}` | `vault${string}`>
  | Extract<SettingName, `tls${string}File` | `${string}${'i' | 'I'}dentityKey${string}`>;

/** What was read, where every setting that has a default is there. */
export type CompleteValues = Required<Omit<SettingValues, WithoutDefault>> & SettingValues;
