import type { ContainerModule } from '@waystation/events';

/** What says how much of the machine a container gets, and what it does there. */
export type ContainerFields = Readonly<
  Partial<Pick<ContainerModule, 'command' | 'network' | 'cpus' | 'memoryMegabytes' | 'pids' | 'gpus'>>
>;
