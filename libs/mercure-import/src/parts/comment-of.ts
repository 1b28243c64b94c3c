import type { Part } from './part.js';
import { textAt } from './values.js';

const LONGEST = 1000;

/**
 * Fields for people as one comment; none where nothing is in them.
 * @param labels words before a field's text by the name of the field; empty for what needs none
 */
export const commentOf = (part: Part, labels: Readonly<Record<string, string>>): { readonly comment?: string } => {
  const parts = Object.keys(labels).map((key) => part.at(key));
  const text = parts
    .filter((each) => textAt(each) !== '')
    .map((each) => `${labels[each.name] ?? ''}${textAt(each)}`)
    .join('; ');
  for (const each of parts) {
    if (each.isEmpty) each.taken('there is nothing in it');
    else if (text.length > LONGEST) each.changed(`the comment has it, up to its first ${LONGEST} characters`);
    else each.taken('the comment has it');
  }
  return text === '' ? {} : { comment: text.slice(0, LONGEST) };
};
