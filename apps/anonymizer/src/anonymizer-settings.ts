import { checkProfile, holdReasons, profileOptions } from '@waystation/deidentification';
import { Name, SecretReference } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { z } from 'zod';

/** How the objects of a project are de-identified. */
export const ProjectProfile = z
  .strictObject({
    /** The same patient is somebody else in another project. */
    project: z.string().max(100).default(''),
    /** Options of the basic profile of PS3.15 Annex E. */
    options: z.array(z.enum(profileOptions)).default([]),
    /** Let out although a person ought to look at it first. */
    allow: z.array(z.enum(holdReasons)).default([]),
  })
  .superRefine((profile, context) => {
    try {
      checkProfile(profile);
    } catch (error) {
      context.addIssue({ code: 'custom', path: ['options'], message: messageOf(error) });
    }
  });
export type ProjectProfile = Readonly<z.infer<typeof ProjectProfile>>;

export const AnonymizerSettings = z.strictObject({
  /** Where the secret is from which UIDs, pseudonyms and dates are made; at least 16 characters. */
  secret: SecretReference,
  /** Name of the profile; that of the rule goes before that of the module. The bare basic profile without it. */
  profile: Name.optional(),
  /** By name. */
  profiles: z.record(Name, ProjectProfile).default({}),
});
export type AnonymizerSettings = Readonly<z.infer<typeof AnonymizerSettings>>;
