/** A condition of more characters than this is refused. */
export const mostConditionCharacters = 10_000;
/** Parentheses in parentheses, and operations on operations, deeper than this are refused. */
export const deepestNesting = 200;
/** Each goes through all instances of a series. */
export const mostOverInstances = 20;
