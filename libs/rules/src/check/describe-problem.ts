import { pointTo } from '../syntax/position.js';
import type { Problem } from './check-condition.js';

/** A problem of a condition for people: a sentence with line and column, the line, and a caret below the place. */
export const describeProblem = (condition: string, { message, suggestion, ...position }: Problem): string => {
  const sentence = suggestion === undefined ? message : `${message} — ${suggestion}`;
  return `${sentence} (line ${position.line}, column ${position.column})\n${pointTo(condition, position)}`;
};
