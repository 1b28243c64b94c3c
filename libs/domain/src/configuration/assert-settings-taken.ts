import type { AppAnnounced, AppModule } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { settingsCheckOf } from './settings-schema.js';

/**
 * Refuses settings of a job that its app would not take, by what the app said of itself. They are laid over those of the
 * module, key by key, as the job will have them.
 *
 * @throws CodedError `job.settings-invalid` with everything that is wrong with them
 */
export const assertSettingsTaken = (
  module: Pick<AppModule, 'name' | 'settings'>,
  settings: Readonly<Record<string, unknown>>,
  announced: Pick<AppAnnounced['data'], 'settings'>,
): void => {
  const wrong = settingsCheckOf(announced)?.({ ...module.settings, ...settings }) ?? [];
  if (wrong.length === 0) return;
  const told = wrong.map(({ path, message }) => `${path.map(String).join('.') || 'settings'}: ${message}`);
  throw new CodedError('job.settings-invalid', `the app of module '${module.name}' does not take: ${told.join('; ')}`);
};
