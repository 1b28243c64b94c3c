/** How a container ended. */
export interface ContainerRun {
  readonly exitCode: number;
  readonly durationMs: number;
  /** Whether the engine says that it was ended because it wanted more memory than it may have; not every engine tells. */
  readonly outOfMemory: boolean;
  /** The most that was seen of it, a second between two looks; absent where it was over before the first. */
  readonly peakMemoryBytes?: number;
  /** Of the image that ran, where the engine tells afterwards. */
  readonly imageDigest?: string;
}
