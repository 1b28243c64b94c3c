import type { ContainerModule } from '@waystation/events';

/** How a container is told where its input is and where its output goes. Paths are those inside of it. */
export interface ContainerContract {
  readonly inputFolder: string;
  readonly outputFolder: string;
  /** Kept from one job of the module to the next, where it asks for that. */
  readonly persistenceFolder: string;
  /** Whether a description lies beside each object and one of the job beside all. */
  readonly describesInput: boolean;
  /** Whether the module may change its input, which is a copy. */
  readonly inputReadOnly: boolean;
  /** Variables of its environment; what the configuration says takes precedence. */
  environment(module: Pick<ContainerModule, 'persistence' | 'timeoutSeconds'>): Readonly<Record<string, string>>;
}
