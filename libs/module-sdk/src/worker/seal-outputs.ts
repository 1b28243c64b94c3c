import type { SucceedJob } from '@waystation/domain';
import { identityPlace, type Facts, type Identity, type NotificationDirective } from '@waystation/events';
import type { Identities } from '@waystation/identity';
import type { JsonObject } from '../module/json.js';
import type { NotificationWish } from '../module/processing-output.js';
import type { StagedInstance } from '../output/staged-output.js';
import { findingsOf } from './findings-of.js';
import type { PlacedSource } from './sources-of.js';

/** The attempt that made something. */
interface Attempt {
  readonly job: string;
  readonly attempt: number;
}

/** Seals whom the objects are about that a module made. Throws what `Identities.seal` throws. */
export const sealOutputs = async (
  identities: Identities,
  { job, attempt }: Attempt,
  instances: readonly StagedInstance[],
): Promise<SucceedJob['outputs']> => {
  const outputs: SucceedJob['outputs'][number][] = [];
  for (const { header: read, key, size, sha256, dataSetOffset, from, ...uids } of instances) {
    const { header, identity: facts } = read;
    const place = identityPlace.instanceDerived(job, attempt, uids.sopInstanceUid);
    const patient = { studyInstanceUid: uids.studyInstanceUid, identity: facts };
    const identity = await identities.sealAt(place, patient, facts);
    const object = { key, sha256, size, dataSetOffset };
    outputs.push({ ...uids, object, header, identity, ...(from && from.length > 0 ? { from: [...from] } : {}) });
  }
  return outputs;
};

/** Seals what a module found for the patient of its input; undefined where there is nothing, or nobody any more. */
export const sealFindings = async (
  identities: Identities,
  { job, attempt }: Attempt,
  result: JsonObject | undefined,
  [source]: readonly PlacedSource[],
): Promise<Identity | undefined> => {
  const findings = result === undefined ? {} : findingsOf(result);
  return Object.keys(findings).length === 0
    ? undefined
    : sealForPatient(identities, identityPlace.jobFindings(job, attempt), findings, source);
};

/** Seals what a module wants people to be told; only that it wants so where it says nothing, or there is nobody any more. */
export const sealNotification = async (
  identities: Identities,
  { job, attempt }: Attempt,
  wish: NotificationWish | undefined,
  [source]: readonly PlacedSource[],
): Promise<NotificationDirective | undefined> => {
  if (wish === undefined) return undefined;
  const { requested, text } = wish;
  if (text === undefined) return { requested };
  const words = await sealForPatient(identities, identityPlace.jobNotification(job, attempt), { text }, source);
  return { requested, ...(words && { words }) };
};

const sealForPatient = async (
  identities: Identities,
  place: string,
  facts: Facts,
  source: PlacedSource | undefined,
): Promise<Identity | undefined> => {
  if (source === undefined) return undefined;
  const identity = await identities.open(source.identity);
  if (identity === undefined) return undefined;
  return identities.sealAt(place, { studyInstanceUid: source.studyInstanceUid, identity }, facts);
};
