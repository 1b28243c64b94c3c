import type { Actor } from '@waystation/events';
import type { Request } from 'express';

/** Header in which a client says who uses it, where no proxy does: a claim, as an AE title is one. */
export const READER_HEADER = 'waystation-reader';

const LONGEST_NAME = 200;
const unknown = 'anonymous';

/**
 * Who asks. A user is only somebody whom a proxy in front of Waystation names; anybody else is a peer, whatever name it
 * claims.
 * @param userHeader header that such a proxy sets, and that nobody can set who comes past it; undefined where there is none
 */
export const readerOf = (request: Pick<Request, 'headers' | 'ip'>, userHeader: string | undefined): Actor => {
  const user = userHeader === undefined ? '' : nameIn(request, userHeader);
  const name = user || nameIn(request, READER_HEADER) || unknown;
  const address = request.ip?.replace(/^::ffff:(?=\d+\.)/, '');
  return { kind: user === '' ? 'peer' : 'user', name, ...(address === undefined ? {} : { address }) };
};

const nameIn = ({ headers }: Pick<Request, 'headers'>, header: string): string => {
  const value = headers[header.toLowerCase()];
  const text = Array.isArray(value) ? value[0] : value;
  return (text ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);
};
