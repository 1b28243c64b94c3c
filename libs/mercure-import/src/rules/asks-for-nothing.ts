import { askedTags } from './asked-tags.js';

const negation = /\bnot\b|!=|==\s*(''|"")|(''|"")\s*==/;

/** Whether a condition may hold in mercure for an object that lacks an element, for which mercure has an empty text. */
export const asksForNothing = (condition: string): boolean =>
  negation.test(condition) && askedTags(condition).length > 0;
