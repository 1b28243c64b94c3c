import type { AccessKind } from './access.js';

/** Routes that show how Waystation does, nothing of what it knows; and the feed, which writes down who follows it. */
const unrecorded =
  /^\/(health|metrics|api\/(events|queues|read-models|rebuild|verify|subscriptions|log|keys|configuration\/schema))(\/|$)/;

const kinds: readonly (readonly [RegExp, AccessKind])[] = [
  [/\/bundle$/, 'bundle'],
  [/\/objects?(\/|$)/, 'object'],
  [/^\/api\/configuration(\/(versions|diff|check)(\/|$)|$)/, 'configuration'],
];

/** What may not stand in an address, such as who somebody is, and what is too long for it, is asked by POST. */
const readsByPost = /\/(what-if|retention|search|find|check)$/;

/**
 * What a request shows that has to be written down; undefined for one that shows nothing of the kind. Whatever is not listed
 * here counts as history, so that a new route is written down unless somebody decides otherwise.
 */
export const kindOfAccess = (method: string, route: string): AccessKind | undefined => {
  if (method !== 'GET' && !(method === 'POST' && readsByPost.test(route))) return undefined;
  if (unrecorded.test(route)) return undefined;
  return kinds.find(([pattern]) => pattern.test(route))?.[1] ?? 'history';
};
