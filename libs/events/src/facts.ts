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

/** Base64 of so many bytes. */
const bytes = (length: number) => z.base64().length(Math.ceil(length / 3) * 4);

/**
 * What identifies the patient, kept apart from every other fact and sealed with AES-256-GCM under a key per patient:
 * once that key is destroyed nobody can open it, while the event and its hash stay as they are. Sealing the same facts
 * for the same place under the same key gives the same, so that two can be compared without being opened.
 */
export const Identity = z.discriminatedUnion('scheme', [
  z.strictObject({
    scheme: z.literal('sealed'),
    /** Of the key, which is not in the log. */
    key: z.uuid(),
    iv: bytes(12),
    /** Of the facts as JSON, filled up with spaces so that its length says little. */
    ciphertext: z.base64(),
    /** The authentication tag; it holds for {@link identityPlace} as well. */
    tag: bytes(16),
  }),
]);
export type Identity = Readonly<z.infer<typeof Identity>>;

/** Where an identity belongs: it cannot be opened anywhere else. Part of what is authenticated, so it never changes. */
export const identityPlace = {
  seriesOpened: (seriesInstanceUid: string) => `series.opened ${seriesInstanceUid}`,
  instanceStored: (seriesInstanceUid: string, sopInstanceUid: string) =>
    `instance.stored ${seriesInstanceUid} ${sopInstanceUid}`,
  instanceDerived: (job: string, attempt: number, sopInstanceUid: string) =>
    `instance.derived ${job} ${attempt} ${sopInstanceUid}`,
  jobFindings: (job: string, attempt: number) => `job.succeeded ${job} ${attempt}`,
  jobNotification: (job: string, attempt: number) => `job.succeeded ${job} ${attempt} notification`,
} as const;

/** What an object does against the standard without being unreadable. */
export const HeaderWarning = z.strictObject({
  code: z.string(),
  /** A sentence about the first place where it happened; names elements, never their values. */
  message: z.string(),
});
export type HeaderWarning = Readonly<z.infer<typeof HeaderWarning>>;
