interface Problems {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** What a schema has against a value, in one sentence. */
export const problemsOf = ({ issues }: Problems): string =>
  issues
    .map(({ path, message }) => [path.map(String).join('.'), message].filter((word) => word !== '').join(': '))
    .join('; ');
