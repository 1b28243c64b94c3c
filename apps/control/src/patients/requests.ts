import { z } from 'zod';

const by = {
  /** Where a proxy names the user, nobody else may stand here. */
  author: z.string().min(1).max(200).optional(),
  /** It stays in the log for ever, and must not say who it is about. */
  reason: z.string().min(1).max(1000),
};

const wordsOf = (text: string): readonly string[] => text.split(/[\s,;:.!?()'"]+/);

/** Somebody is to be forgotten: a patient, or whoever the patient of a study is that names none. */
export const Forgetting = z.union([
  z
    .strictObject({
      patientId: z.string().min(1).max(64),
      /** The issuer of the Patient ID; an empty one is none. Needed where several gave the same. */
      issuer: z.string().max(64).optional(),
      everyIssuer: z.boolean().default(false),
      ...by,
    })
    .refine(({ patientId, reason }) => !wordsOf(reason).includes(patientId.trim()), {
      path: ['reason'],
      message: 'names the Patient ID, and would stay in the log for ever',
    }),
  z.strictObject({ studyInstanceUid: z.string().min(1).max(64), ...by }),
]);
export type Forgetting = z.infer<typeof Forgetting>;
