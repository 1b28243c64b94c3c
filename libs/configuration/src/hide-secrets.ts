const hidden = '***';
const query = /([?&][^=&]*(?:password|secret|token)[^=&]*=)[^&]*/gi;
const credentials = /^([a-z][a-z0-9+.-]*:\/\/[^:@/]*):.*@/is;
const anythingBeforeHost = /^.*@/s;

/** A URL without its password. Hides too much rather than too little where the URL is malformed. */
export const hideUrlSecrets = (url: string): string =>
  (credentials.test(url)
    ? url.replace(credentials, `$1:${hidden}@`)
    : url.replace(anythingBeforeHost, `${hidden}@`)
  ).replace(query, `$1${hidden}`);

/** A value as it may be shown. */
export const shownValue = (value: unknown, secret: 'value' | 'in-url' | undefined): string => {
  if (secret === undefined) return JSON.stringify(value);
  return secret === 'in-url' && typeof value === 'string' ? JSON.stringify(hideUrlSecrets(value)) : '(not shown)';
};

/** What stands for a secret that is set. */
export const hiddenSecret = hidden;
