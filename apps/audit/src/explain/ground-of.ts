import type { Ground } from '@waystation/answers';
import type { RecordedEvent } from '@waystation/events';

/** Where and when an event was written. */
export const groundOf = ({ position, recordedtime }: RecordedEvent): Ground => ({ position, recordedtime });
