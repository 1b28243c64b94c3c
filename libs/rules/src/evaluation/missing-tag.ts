import type { TagValue } from '../syntax/expression.js';

/** Ends an evaluation: the condition asks for a tag the header does not have. */
export class MissingTag extends Error {
  override readonly name = 'MissingTag';

  constructor(readonly tag: TagValue) {
    super(`${tag.name} is not in the header`);
  }
}
