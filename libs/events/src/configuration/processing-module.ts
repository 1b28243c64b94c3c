import { z } from 'zod';
import { AbsolutePath, Name } from '../values.js';
import { RetryPolicy } from './retry-policy.js';
import { SecretReference } from './secret.js';

const common = {
  name: Name,
  /** Given to the module; what a rule says besides takes precedence, key by key. */
  settings: z.record(z.string(), z.json()).default({}),
  /** Jobs of this module under way at the same time, over all workers. */
  concurrency: z.int().min(1).max(256).default(1),
  /** A job that runs for longer is stopped. */
  timeoutSeconds: z.number().min(1).max(604_800).default(3600),
  retry: RetryPolicy.prefault({ attempts: 3, firstDelaySeconds: 30 }),
  /** Whether a job fails whose module ends well and made nothing at all: no object, no file and no result. */
  output: z.enum(['required', 'optional']).default('required'),
  comment: z.string().max(1000).optional(),
};

/** A processing app written with `libs/module-sdk`, which takes its jobs itself. */
export const AppModule = z.strictObject({
  ...common,
  kind: z.literal('app'),
  /** What the app calls itself; the name of the module without it. */
  app: Name.optional(),
});
export type AppModule = Readonly<z.infer<typeof AppModule>>;

/** A folder of the machine that a container sees; it has to be below one that the settings allow. */
export const ContainerBind = z.strictObject({
  source: AbsolutePath,
  target: AbsolutePath,
  readOnly: z.boolean().default(true),
});
export type ContainerBind = Readonly<z.infer<typeof ContainerBind>>;

/** A container that is run for each job (OCI image and runtime specifications). */
export const ContainerModule = z.strictObject({
  ...common,
  kind: z.literal('container'),
  /** `registry/name:tag`, or `registry/name@sha256:…` for one that cannot change. */
  image: z.string().min(1).max(500),
  pull: z.enum(['if-missing', 'always', 'never']).default('if-missing'),
  /** How it is told where its input is and what to do. */
  contract: z.enum(['mercure', 'monai']).default('mercure'),
  /** In place of the image's own. */
  command: z.array(z.string()).max(256).optional(),
  environment: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).default({}),
  /** Variables whose values are secrets. */
  secrets: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), SecretReference).default({}),
  registry: z.strictObject({ user: z.string().min(1), password: SecretReference }).optional(),
  binds: z.array(ContainerBind).max(64).default([]),
  /** A folder that is kept from one job of the module to the next. */
  persistence: z.boolean().default(false),
  network: z.boolean().default(false),
  /** Runs as root inside of the container, where the settings allow that. */
  root: z.boolean().default(false),
  cpus: z.number().min(0.1).max(1024).default(2),
  memoryMegabytes: z.int().min(16).max(4_194_304).default(4096),
  pids: z.int().min(8).max(65_536).default(512),
  gpus: z.union([z.int().min(0).max(64), z.literal('all')]).default(0),
});
export type ContainerModule = Readonly<z.infer<typeof ContainerModule>>;

/** A way of processing series or studies. */
export const ProcessingModule = z.discriminatedUnion('kind', [AppModule, ContainerModule]);
export type ProcessingModule = Readonly<z.infer<typeof ProcessingModule>>;
