/** Steps that an evaluation may take where nothing is said. */
export const defaultSteps = 10_000;
