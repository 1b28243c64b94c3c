import type { InstanceReinjected, ReinjectionRefused, ReinjectionRequested } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** Everything that is written to `quarantine/<sha256>`. */
export type QuarantineEvent = ReinjectionRequested | InstanceReinjected | ReinjectionRefused;

/** An object in quarantine that nobody asked for. */
export interface KeptAside {
  readonly status: 'kept-aside';
}

/** What somebody asked for last, and what became of it. */
export interface AskedFor {
  readonly request: ReinjectionRequested['data'];
  readonly requestedAt: Instant;
  /** Position of the event that asks for it. */
  readonly requestedBy: number;
}

export interface Reinjecting extends AskedFor {
  readonly status: 'reinjecting';
}

export interface Reinjected extends AskedFor {
  readonly status: 'reinjected';
  readonly instance: InstanceReinjected['data'];
}

export interface RefusedAgain extends AskedFor {
  readonly status: 'refused-again';
  readonly refusal: ReinjectionRefused['data'];
}

export type QuarantineState = KeptAside | Reinjecting | Reinjected | RefusedAgain;

export const keptAside: QuarantineState = { status: 'kept-aside' };
