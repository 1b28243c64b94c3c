import { CodedError } from '@waystation/kernel';
import type { Request } from 'express';
import { z } from 'zod';
import { READER_HEADER, readerOf } from '../access/reader-of.js';
import { parseRequest } from '../http/parse-request.js';
import type { Authorship } from './authorship.js';

/** What is looked at of a request. */
export type AuthoredRequest = Pick<Request, 'headers' | 'ip'> & { readonly query: unknown; readonly body?: unknown };

const Claim = z.object({
  author: z.string().max(200).default(''),
  reason: z.string().max(1000).default(''),
});

/** Who it is where nobody says anything. */
const NOBODY = 'operator';

/**
 * Who asks for a change: the user whom a proxy names, where the settings name its header, and whoever the request says,
 * otherwise. With such a header, who comes without it is written down as a peer that claims a name.
 * @param request its author and reason may stand in the query or in the body
 * @throws CodedError `request.invalid`; `authorship.not-you` where proxy and request do not agree
 */
export const authorshipOf = (request: AuthoredRequest, userHeader: string | undefined): Authorship => {
  const { author: claimed, reason } = claimIn(request);
  const reader = readerOf(request, userHeader);
  const vouched = reader.kind === 'user' ? reader.name : '';
  if (vouched !== '' && claimed !== '' && claimed !== vouched)
    throw new CodedError(
      'authorship.not-you',
      `the proxy says that this is '${vouched}', the request says '${claimed}': expected one name, or none in the request`,
    );
  const author = vouched || claimed || (request.headers[READER_HEADER] === undefined ? NOBODY : reader.name);
  const kind = userHeader === undefined || vouched !== '' ? 'user' : 'peer';
  return { author, reason, actor: { ...reader, kind, name: author } };
};

const claimIn = ({ query, body }: AuthoredRequest): z.infer<typeof Claim> => {
  const claim = parseRequest(Claim);
  const metadata = { type: 'query' } as const;
  const [inQuery, inBody] = [query, body].map((part) => claim.transform(isRecord(part) ? part : {}, metadata));
  return { author: inQuery?.author || inBody?.author || '', reason: inQuery?.reason || inBody?.reason || '' };
};

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
