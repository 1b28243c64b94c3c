import type { ContainerBind, ContainerModule } from '@waystation/events';
import type { Image } from './image.js';

/** One container: what runs, what it sees and how much of the machine it gets. */
export interface ContainerSpec extends Pick<
  ContainerModule,
  'command' | 'network' | 'cpus' | 'memoryMegabytes' | 'pids' | 'gpus'
> {
  /** Shown by the engine, to find the container again. */
  readonly job: string;
  readonly image: Image;
  readonly environment: Readonly<Record<string, string>>;
  /** Folders of the machine, as the engine sees it. Nothing else of it can be written to. */
  readonly binds: readonly ContainerBind[];
  /** `uid:gid`. */
  readonly user: string;
  /** No file may grow beyond these bytes. */
  readonly largestFileBytes: number;
  /** Milliseconds since 1970: from then on anybody may remove the container. */
  readonly expiresAt: number;
}
