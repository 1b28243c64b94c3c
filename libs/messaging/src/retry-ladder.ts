/** How long a message rests after its first, second and third failure, in milliseconds. After the last it is dead. */
export const retryLadder: readonly number[] = [1_000, 10_000, 60_000];
