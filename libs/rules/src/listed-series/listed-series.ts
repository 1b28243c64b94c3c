import { listFailure, readListedSeries, type ListToken } from './read-listed-series.js';

/** Which series a study has to have: parts of their descriptions, all or some of them. */
export type ListedSeries =
  | { readonly kind: 'part'; readonly part: string }
  | { readonly kind: 'and' | 'or'; readonly items: readonly ListedSeries[] };

const deepest = 100;

class Reader {
  #next = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly ListToken[],
  ) {}

  whole(): ListedSeries {
    if (this.#token().kind === 'end')
      throw listFailure(this.text, 0, "nothing is listed; write 't1' and ('flair' or 't2')");
    const listed = this.#joined('or');
    if (this.#token().kind === ')') throw this.#failure('this ) closes nothing');
    if (this.#token().kind !== 'end') throw this.#failure('and, or or the end belongs here');
    return listed;
  }

  #token(): ListToken {
    return this.tokens[this.#next] ?? { kind: 'end', at: this.text.length };
  }

  #joined(kind: 'and' | 'or'): ListedSeries {
    const read = () => (kind === 'or' ? this.#joined('and') : this.#one());
    const first = read();
    const items = [first];
    while (this.#token().kind === kind) {
      this.#next++;
      items.push(read());
    }
    return items.length === 1 ? first : { kind, items };
  }

  #one(): ListedSeries {
    const token = this.#token();
    if (token.kind === 'series') {
      this.#next++;
      return { kind: 'part', part: token.part };
    }
    if (token.kind === 'end') throw this.#failure('the list ends where a series in quotes belongs');
    if (token.kind !== '(') throw this.#failure('a series in quotes belongs here');
    if (++this.#depth > deepest)
      throw this.#failure(`brackets are nested deeper than here, at most ${deepest} are allowed`);
    this.#next++;
    const inner = this.#joined('or');
    if (this.#token().kind !== ')') {
      throw this.#token().kind === 'end'
        ? listFailure(this.text, token.at, 'this ( has no closing )')
        : this.#failure('and, or or ) belongs here');
    }
    this.#next++;
    this.#depth--;
    return inner;
  }

  #failure(sentence: string): Error {
    return listFailure(this.text, this.#token().at, sentence);
  }
}

/**
 * Reads a list of series as mercure writes it: parts of series descriptions in quotes, joined by `and`, `or` and
 * parentheses; `and` binds closer.
 * @throws CodedError `rules.listed-series-syntax`: a sentence, the line and a caret below the place
 */
export const parseListedSeries = (text: string): ListedSeries => new Reader(text, readListedSeries(text)).whole();

const isPartOf = (part: string, descriptions: readonly string[]): boolean =>
  descriptions.some((description) => description.toLowerCase().includes(part.toLowerCase()));

/** Whether series with these descriptions are all that is listed. Upper and lower case are alike. */
export const hasListedSeries = (listed: ListedSeries, descriptions: readonly string[]): boolean => {
  if (listed.kind === 'part') return isPartOf(listed.part, descriptions);
  return listed.kind === 'and'
    ? listed.items.every((item) => hasListedSeries(item, descriptions))
    : listed.items.some((item) => hasListedSeries(item, descriptions));
};

/** The parts that no description has and that would help, in the order of the list; none where all that is listed is there. */
export const missingSeries = (listed: ListedSeries, descriptions: readonly string[]): readonly string[] => {
  if (hasListedSeries(listed, descriptions)) return [];
  if (listed.kind === 'part') return [listed.part];
  return [...new Set(listed.items.flatMap((item) => missingSeries(item, descriptions)))];
};
