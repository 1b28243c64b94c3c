/** The address without the password, for logs. */
export const redactedUrl = (url: string): string => {
  if (!URL.canParse(url)) return 'an address that is not a URL';
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}:***@`}${host}${pathname}`;
};
