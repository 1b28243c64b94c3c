import { z } from 'zod';
import { AbsolutePath, Name } from '../values.js';
import { EndpointUrl } from './endpoint-url.js';
import { RetryPolicy } from './retry-policy.js';
import { SecretReference } from './secret.js';

const common = {
  name: Name,
  retry: RetryPolicy.prefault({}),
  /** Whether templates may name the patient: `acc`, `mrn` and `patient_name` are empty without it. */
  identity: z.boolean().default(false),
  /** No answer for this long is a failure. */
  timeoutSeconds: z.number().min(0.1).max(300).default(10),
  comment: z.string().max(1000).optional(),
};

/** A template in Jinja's words; see `docs/how-to/notify.md` for what it may name. */
const Template = z.string().max(20_000);

/** Tells somebody by an HTTP POST. */
export const WebhookChannel = z.strictObject({
  ...common,
  kind: z.literal('webhook'),
  url: EndpointUrl,
  /** What is sent; JSON that names what happened without it. */
  payload: Template.optional(),
  /** Text that the payload may name as `body`; a sentence about what happened without it. */
  body: Template.optional(),
  contentType: z.string().max(200).default('application/json'),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,64}$/), z.string().max(1000)).default({}),
  /** Sent as `Authorization: Bearer …`. */
  bearerToken: SecretReference.optional(),
  /** PEM with the authorities that the certificate of an https endpoint has to lead to; the public ones without it. */
  caFile: AbsolutePath.optional(),
});
export type WebhookChannel = Readonly<z.infer<typeof WebhookChannel>>;

/** Tells somebody by e-mail (RFC 5321). */
export const EmailChannel = z.strictObject({
  ...common,
  kind: z.literal('email'),
  host: z.string().min(1).max(253),
  port: z.int().min(1).max(65_535).default(587),
  /** `required`: STARTTLS or nothing; `implicit`: TLS from the first byte (RFC 8314); `none`: as plain text. */
  tls: z.enum(['required', 'implicit', 'none']).default('required'),
  user: z.string().min(1).max(320).optional(),
  password: SecretReference.optional(),
  caFile: AbsolutePath.optional(),
  from: z.email(),
  to: z.array(z.email()).min(1).max(100),
  subject: Template.optional(),
  body: Template.optional(),
  bodyType: z.enum(['plain', 'html']).default('plain'),
});
export type EmailChannel = Readonly<z.infer<typeof EmailChannel>>;

/** A way of telling somebody. */
export const NotificationChannel = z.discriminatedUnion('kind', [WebhookChannel, EmailChannel]);
export type NotificationChannel = Readonly<z.infer<typeof NotificationChannel>>;
