import type { CloudEvent } from '@waystation/events';

/** An event as the API tells it. */
export type HistoryEntry = CloudEvent & { readonly sentence: string };
