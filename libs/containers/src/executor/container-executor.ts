import type { Owner } from '../ownership/owner.js';
import type { ContainerRun } from './container-run.js';
import type { ContainerSpec } from './container-spec.js';
import type { Image, ImageRequest } from './image.js';

/** Runs containers, somewhere. Nothing of a container is left when a call settles. */
export interface ContainerExecutor {
  /**
   * Makes an image ready, as its pull policy says.
   * @throws CodedError `container.image-unavailable`, `container.engine-unreachable`
   */
  prepare(request: ImageRequest, signal: AbortSignal): Promise<Image>;
  /**
   * Runs a container to its end. When the signal is aborted the container is killed, and the call rejects with the signal's
   * reason once it is gone.
   * @param onLog gets what the container writes, as it comes
   * @throws CodedError `container.not-started`, `container.lost`, `container.engine-refused`, `container.engine-unreachable`, and
   *   `container.image-unavailable` where the image was still to be got
   */
  run(spec: ContainerSpec, onLog: (bytes: Uint8Array) => void, signal: AbortSignal): Promise<ContainerRun>;
  /**
   * Removes what services that are no more have left behind.
   * @returns how many containers those were
   */
  removeLeftovers(): Promise<number>;
  /** Those of them that are no more, as far as can be known from here. */
  leftBehind(owners: readonly Owner[]): Promise<readonly Owner[]>;
}
