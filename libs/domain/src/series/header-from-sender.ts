import type { Facts, Source } from '@waystation/events';

/**
 * The header of an object with who sent it (named as mercure names it), so that the sender belongs to the object and not
 * to whichever came first. What the object itself says under these names does not count.
 */
export const headerFromSender = (header: Facts, { callingAeTitle, calledAeTitle, address }: Source): Facts => ({
  ...header,
  SenderAET: callingAeTitle,
  ReceiverAET: calledAeTitle,
  SenderAddress: address,
});
