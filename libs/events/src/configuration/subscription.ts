import { z } from 'zod';
import { StreamPattern, TypePattern } from '../pattern.js';
import { AbsolutePath, Name } from '../values.js';
import { EndpointUrl } from './endpoint-url.js';

/** Where events are sent to as they are appended, as CloudEvents over HTTP. */
export const Subscription = z.strictObject({
  name: Name,
  url: EndpointUrl,
  types: z.array(TypePattern).min(1).max(64).default(['*']),
  streams: z.array(StreamPattern).min(1).max(64).default(['*']),
  /** `now`: what is appended once the subscription is in force; `beginning`: everything before as well. */
  from: z.enum(['now', 'beginning']).default('now'),
  /** File with the secret that requests are signed with, where the webhooks are sent from; one a line while it changes. */
  secretFile: AbsolutePath.optional(),
  /** PEM with the authorities that the certificate of an https endpoint has to lead to; the public ones without it. */
  caFile: AbsolutePath.optional(),
  /** No answer for this long is a failure. */
  timeoutSeconds: z.number().min(0.1).max(300).default(10),
  /** Doubles from the one to the other, shortened by up to half at random. It is tried for as long as the endpoint fails. */
  retry: z
    .strictObject({
      firstDelaySeconds: z.number().min(0.05).max(3600).default(1),
      longestDelaySeconds: z.number().min(0.05).max(86_400).default(300),
    })
    .prefault({}),
  /**
   * Several events in one request (CloudEvents 1.0, HTTP binding 3.3): so many, or those that are there after so long.
   * Without it, each is a request.
   */
  batch: z.strictObject({ max: z.int().min(1).max(1000), waitMs: z.int().min(0).max(60_000).default(1000) }).optional(),
  /** Sends nothing, and keeps its place. */
  disabled: z.boolean().default(false),
  comment: z.string().max(1000).optional(),
});
export type Subscription = Readonly<z.infer<typeof Subscription>>;
