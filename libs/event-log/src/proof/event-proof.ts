import { z } from 'zod';

export const PROOF_FORMAT = 'waystation-proof/1';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Position = z.int().positive();
const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** Written in the one way that there is: bits that no byte takes are zero (RFC 4648, section 3.5). */
const Base64 = z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text);

/**
 * All that is needed to show, without the log, that one event is under a seal: the event as it is stored, the way from its
 * leaf to the root, and the seal.
 */
export const EventProof = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  event: z.strictObject({
    position: Position,
    stream: z.string(),
    sequence: Position,
    type: z.string(),
    /** When the producer says it happened, and when the log wrote it. */
    time: Instant,
    recordedtime: Instant,
    /** JSON as text, byte for byte as it was hashed. */
    data: z.string(),
    metadata: z.string(),
    hash: Sha256,
  }),
  leaf: Sha256,
  /** From the leaf up: the roots of the subtrees beside the way (RFC 6962, section 2.1.1). */
  path: z.array(Sha256),
  seal: z.strictObject({
    /** Of the event that holds the seal. */
    position: Position,
    from: Position,
    to: Position,
    root: Sha256,
    previous: Sha256,
    seal: Sha256,
    signature: z.strictObject({ key: Base64, value: Base64 }).nullable(),
  }),
});
export type EventProof = Readonly<z.infer<typeof EventProof>>;
