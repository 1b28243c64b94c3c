/** What Waystation announces, and what it sends to a peer that sets no limit. */
export const DEFAULT_MAXIMUM_LENGTH = 131_072;

/** A peer that takes less is broken or hostile: hardly a command fits, and 6 bytes hold no data at all. */
export const SMALLEST_MAXIMUM_LENGTH = 128;

/** The PDU length to use towards a peer; undefined where it announced one that cannot be worked with. */
export const usableMaximumLength = (announced: number): number | undefined => {
  if (announced === 0) return DEFAULT_MAXIMUM_LENGTH;
  return announced < SMALLEST_MAXIMUM_LENGTH ? undefined : Math.min(announced, DEFAULT_MAXIMUM_LENGTH);
};
