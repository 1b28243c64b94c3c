/** What a receiver tells whoever started it, over the channel that `fork` opens. */
export interface ReceiverReady {
  readonly kind: 'receiver-ready';
  /** Where DICOM listens: the setting may say 0 for any free port. */
  readonly dicomPort: number;
}

export const isReceiverReady = (message: unknown): message is ReceiverReady =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'receiver-ready';
