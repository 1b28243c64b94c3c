/** The office of a subscription, and its checkpoint: the last event that was dealt with. */
export const checkpointOf = (subscription: string): string => `webhook/${subscription}`;
