import type { ContainerModule } from '@waystation/events';

/** Which image is wanted, and how it may be got. */
export interface ImageRequest {
  /** `registry/name:tag` or `registry/name@sha256:…`. */
  readonly reference: string;
  readonly pull: ContainerModule['pull'];
  /** Shown to the registry. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
}

/** An image that is there. */
export interface Image {
  readonly reference: string;
  /** What the engine calls it: the digest of its configuration. It is what runs, whatever the name means by then. */
  readonly id: string;
  /** `sha256:…`: of the manifest where the registry gave one, of the configuration where the image was made here. */
  readonly digest: string;
  /** Folders that the image wants to write to. */
  readonly volumes: readonly string[];
}
