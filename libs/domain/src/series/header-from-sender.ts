import type { Facts, Source } from '@waystation/events';

/** What is known of the sender of an object, under the names that mercure uses. */
export const senderKeywords = ['SenderAET', 'ReceiverAET', 'SenderAddress'] as const;

/**
 * The header of an object with who sent it (named as mercure names it), so that the sender belongs to the object and not
 * to whichever came first. What the object itself says under these names does not count.
 */
export const headerFromSender = (header: Facts, { callingAeTitle, calledAeTitle, address }: Source): Facts => ({
  ...header,
  ...({
    SenderAET: callingAeTitle,
    ReceiverAET: calledAeTitle,
    SenderAddress: address,
  } satisfies Record<(typeof senderKeywords)[number], string>),
});
