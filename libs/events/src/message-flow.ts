import { DeliveryRedriven } from './delivery/delivery-redriven.js';
import { DeliveryRequested } from './delivery/delivery-requested.js';
import { SeriesCompleted } from './series/series-completed.js';
import { SeriesOpened } from './series/series-opened.js';

/** Who listens to what. The broker's topology and `docs/message-flow.md` are generated from this table. */
export interface Consumer {
  /** `<app>.<policy>`, the name of its queue. */
  readonly name: string;
  /** Event types it is told of; `#` is every one. */
  readonly types: readonly string[];
  readonly summary: string;
}

export const messageFlow = {
  addSeriesToStudy: {
    name: 'routing.add-series-to-study',
    types: [SeriesOpened.type],
    summary: 'Notes which study a series belongs to.',
  },
  routeSeries: {
    name: 'routing.route-series',
    types: [SeriesCompleted.type],
    summary: 'Asks the rules where a complete series goes, and requests the deliveries.',
  },
  wakeLanes: {
    name: 'dispatch.wake-lanes',
    types: [DeliveryRequested.type, DeliveryRedriven.type],
    summary: 'Looks at the lane of the target at once instead of at the next round.',
  },
  projectHistory: {
    name: 'audit.project-history',
    types: ['#'],
    summary: 'Brings the read models up to the event it hears of.',
  },
} as const satisfies Readonly<Record<string, Consumer>>;

/** All consumers, for generators and tests. */
export const consumers: readonly Consumer[] = Object.values(messageFlow);
