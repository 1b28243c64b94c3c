/** Series that one event of an association names, and that are remembered of one that is open. */
export const MOST_SERIES = 1_000;
