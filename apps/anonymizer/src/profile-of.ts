import { CodedError } from '@waystation/kernel';
import { ProjectProfile, type AnonymizerSettings } from './anonymizer-settings.js';

/**
 * The profile that the settings name.
 *
 * @throws `anonymizer.profile-unknown`
 */
export const profileOf = ({ profile, profiles }: AnonymizerSettings): ProjectProfile => {
  if (profile === undefined) return ProjectProfile.parse({});
  const found = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(profiles).join(', ') || 'none';
  throw new CodedError('anonymizer.profile-unknown', `profile ${profile} is not in the settings; there are: ${known}`);
};
