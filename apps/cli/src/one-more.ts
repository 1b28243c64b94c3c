/** Lines of a list that one request answers with at most. */
const LONGEST_PAGE = 1000;

/** What `--limit` asks for, and one line more where that can be: its being there tells that the list is cut. */
export const oneMore = <Options extends { readonly limit?: string }>(options: Options): Options => {
  const limit = Number(options.limit);
  return Number.isInteger(limit) && limit > 0 && limit < LONGEST_PAGE
    ? { ...options, limit: String(limit + 1) }
    : options;
};
