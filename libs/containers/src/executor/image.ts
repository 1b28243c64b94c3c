import type { ContainerModule } from '@waystation/events';

/** Which image is wanted, and how it may be got. */
export interface ImageRequest {
  /** `registry/name:tag` or `registry/name@sha256:…`. */
  readonly reference: string;
  readonly pull: ContainerModule['pull'];
  /** Shown to the registry. */
  readonly credentials?: { readonly user: string; readonly password: string } | undefined;
}

/** An image that is there, or that is got when a container of it is started. */
export interface Image {
  readonly reference: string;
  /** What the engine calls it, which is what runs: the digest of its configuration, or its name where it is not there yet. */
  readonly id: string;
  /**
   * `sha256:…`: of the manifest where the registry gave one, of the configuration where the image was made here; absent where
   * only the run will tell.
   */
  readonly digest?: string;
  /** Present where it is still to be got. */
  readonly pending?: ImageRequest;
  /** Folders that the image wants to write to. */
  readonly volumes: readonly string[];
}
