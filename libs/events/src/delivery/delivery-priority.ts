import { z } from 'zod';

/** `urgent` goes first, `off-peak` only at the hours that the schedule says. */
export const DeliveryPriority = z.enum(['normal', 'urgent', 'off-peak']);
export type DeliveryPriority = z.infer<typeof DeliveryPriority>;
