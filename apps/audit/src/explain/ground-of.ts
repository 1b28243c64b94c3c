import type { RecordedEvent } from '@waystation/events';
import type { Ground } from './explanation.js';

/** Where and when an event was written. */
export const groundOf = ({ position, recordedtime }: RecordedEvent): Ground => ({ position, recordedtime });
