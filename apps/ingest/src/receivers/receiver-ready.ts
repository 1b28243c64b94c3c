import type { ListeningOn } from './dicom-ports.js';

/** What a receiver tells whoever started it, over the channel that `fork` opens. */
export interface ReceiverReady extends Partial<ListeningOn> {
  readonly kind: 'receiver-ready';
}

export const isReceiverReady = (message: unknown): message is ReceiverReady =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'receiver-ready';
