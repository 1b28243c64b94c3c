import { z } from 'zod';

/**
 * What an object says of itself, by name: the keyword of PS3.6 (`Modality`), the path of a value in a sequence
 * (`RequestAttributesSequence[0].RequestedProcedureID`), the notation of a private element
 * (`(0019,xx0C,SIEMENS MR HEADER)`), or `gggg,eeee` of an element that was asked for by number. Values are text, several
 * values joined by a backslash as PS3.5 6.4 writes them; an element that is absent has no entry.
 */
export const Facts = z.record(z.string(), z.string());
export type Facts = Readonly<z.infer<typeof Facts>>;

/** How one instance differs from the header of its series: another value, or `null` for an absent element. */
export const FactChanges = z.record(z.string(), z.string().nullable());
export type FactChanges = Readonly<z.infer<typeof FactChanges>>;

/**
 * What identifies the patient, kept apart from every other fact so that it can be sealed with a key per patient
 * and erased by destroying that key. `clear` is the scheme of a log without keys.
 */
export const Identity = z.discriminatedUnion('scheme', [z.strictObject({ scheme: z.literal('clear'), facts: Facts })]);
export type Identity = Readonly<z.infer<typeof Identity>>;

/** What an object does against the standard without being unreadable. */
export const HeaderWarning = z.strictObject({
  code: z.string(),
  /** A sentence about the first place where it happened; names elements, never their values. */
  message: z.string(),
});
export type HeaderWarning = Readonly<z.infer<typeof HeaderWarning>>;
