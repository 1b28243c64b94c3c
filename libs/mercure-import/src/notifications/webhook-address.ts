import type { SecretReference } from '@waystation/events';

/** Where a webhook goes to, without what nobody may read; or why it cannot go there. */
export type WebhookAddress =
  | { readonly url: string; readonly bearerToken?: SecretReference; readonly host: string }
  | { readonly problem: string };

const secret = /token|secret|passw|credential|signature|^sig$|(api|access|auth)[-_]?key|^key$/i;

const variableFor = (host: string): string =>
  `${host.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}_TOKEN`.replace(/^(?=\d)/, '_');

/**
 * Takes secrets out of the address of a webhook. `access_token` means the same as a bearer token (RFC 6750 2.3), which can
 * be kept elsewhere; for anything else there is no such place.
 */
export const webhookAddress = (text: string): WebhookAddress => {
  if (!URL.canParse(text)) return { problem: 'it is no URL' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '')
    return {
      problem: 'it has a user and a password in it, which would stay in the log for ever: ask its owner for a token',
    };
  const hasToken = url.searchParams.has('access_token');
  url.searchParams.delete('access_token');
  const other = [...url.searchParams.keys()].find((key) => secret.test(key));
  if (other !== undefined)
    return {
      problem: `'${other}' in it looks like a secret, which would stay in the log for ever: ask its owner for a bearer token`,
    };
  url.hash = '';
  const { host } = url;
  return hasToken
    ? { url: url.href, host, bearerToken: { environment: variableFor(host) } }
    : { url: text.replace(/#.*$/s, ''), host };
};
