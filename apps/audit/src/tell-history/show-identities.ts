import type { PlacedIdentity } from '@waystation/domain';
import { idOf, identityPlace, type Facts, type Identity } from '@waystation/events';
import type { Identities } from '@waystation/identity';

/** What people see in the place of an identity: what it says, or why it says nothing. */
export type ShownIdentity = Facts | '(forgotten)' | '(damaged)';

/** Opens identities for people, in the order in which they are given. */
export const shownIdentities = async (
  identities: Identities,
  placed: readonly PlacedIdentity[],
): Promise<readonly ShownIdentity[]> =>
  (await identities.openAll(placed)).map((opened) => (typeof opened === 'string' ? (`(${opened})` as const) : opened));

/**
 * The value as JSON has it, with every identity and all findings in it as people see them. Whatever leaves the read side by HTTP goes through
 * here: events as they are told, and states, whose parts say which series and instance they are about.
 */
export const showIdentities = async <Value>(identities: Identities, value: Value): Promise<Value> => {
  const copy = JSON.parse(JSON.stringify(value)) as Value;
  const holders: Holder[] = [];
  collect(copy, { series: '', job: '' }, holders);
  const shown = await shownIdentities(identities, holders);
  for (const [index, { part, key }] of holders.entries()) part[key] = shown[index];
  return copy;
};

type Part = Record<string, unknown>;

/** An object with something sealed in it. */
interface Holder extends PlacedIdentity {
  readonly part: Part;
  readonly key: 'identity' | 'findings';
}

const textIn = (part: Part, key: string): string => {
  const value = part[key];
  return typeof value === 'string' ? value : '';
};

/** The series and the job that something is about. */
interface Around {
  readonly series: string;
  readonly job: string;
}

/** @param around what is around it is about */
const collect = (value: unknown, around: Around, holders: Holder[]): void => {
  if (typeof value !== 'object' || value === null) return;
  const part = value as Part;
  const subject = textIn(part, 'subject') || textIn(part, 'stream');
  const series = textIn(part, 'seriesInstanceUid') || (subject.startsWith('series/') ? idOf(subject) : around.series);
  const job = subject.startsWith('job/') ? idOf(subject) : requestedIn(part) || around.job;
  const { identity, findings, attempt } = part;
  if (isSealed(identity))
    holders.push({ part, key: 'identity', sealed: identity, place: placeIn(part, { series, job }) });
  if (isSealed(findings) && typeof attempt === 'number')
    holders.push({ part, key: 'findings', sealed: findings, place: identityPlace.jobFindings(job, attempt) });
  for (const inner of Object.values(part)) collect(inner, { series, job }, holders);
};

/** The job that a state is of: its request says so. */
const requestedIn = ({ request }: Part): string =>
  typeof request === 'object' && request !== null ? textIn(request as Part, 'job') : '';

/** What a job made says which attempt made it. */
const placeIn = (part: Part, { series, job }: Around): string => {
  const instance = textIn(part, 'sopInstanceUid');
  const { attempt } = part;
  if (job !== '' && typeof attempt === 'number') return identityPlace.instanceDerived(job, attempt, instance);
  return instance === '' ? identityPlace.seriesOpened(series) : identityPlace.instanceStored(series, instance);
};

const isSealed = (value: unknown): value is Identity =>
  typeof value === 'object' && value !== null && 'scheme' in value && value.scheme === 'sealed';

/** Who it is, in a few words. */
export const whoItIs = (identity: ShownIdentity): string => {
  if (typeof identity === 'string') return identity;
  const { PatientName: name = '', PatientID: id = '' } = identity;
  if (name === '' && id === '') return '(not said)';
  return id === '' ? name : `${name} (${id})`.trimStart();
};
