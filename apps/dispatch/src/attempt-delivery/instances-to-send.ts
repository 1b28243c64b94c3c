import {
  assertKept,
  assertOutputKept,
  derivedBy,
  jobDecider,
  seriesDecider,
  type KnownDelivery,
} from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type DerivedInstances, type InstanceRange } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { OutgoingInstance } from '../targets/target-sender.js';

/**
 * The objects of a delivery that have no receipt yet: those received in the order in which they were stored, those that
 * a job made in the order of their UIDs.
 * @throws CodedError `dispatch.unknown-series`, `dispatch.unknown-job`, `series.objects-expired`, `job.objects-expired`
 */
export const instancesToSend = async (
  commands: CommandHandler,
  { request, receipts }: KnownDelivery,
): Promise<readonly OutgoingInstance[]> => {
  const { instances } = request;
  const all = 'job' in instances ? await derived(commands, instances) : await received(commands, request, instances);
  return all.filter(({ sopInstanceUid }) => !receipts.has(sopInstanceUid));
};

const received = async (
  commands: CommandHandler,
  { seriesInstanceUid, studyInstanceUid }: KnownDelivery['request'],
  range: InstanceRange,
): Promise<readonly OutgoingInstance[]> => {
  const { afterSequence, throughSequence, sopInstanceUids } = range;
  const chosen = sopInstanceUids && new Set(sopInstanceUids);
  const { state } = await commands.load(seriesDecider, streamName.series(seriesInstanceUid));
  if (state.status === 'unknown')
    throw new CodedError('dispatch.unknown-series', `the log has no series ${seriesInstanceUid}`);
  assertKept(state, range);
  return [...state.instances.values()]
    .filter(({ sequence }) => sequence > afterSequence && sequence <= throughSequence)
    .filter(({ sopInstanceUid }) => chosen?.has(sopInstanceUid) ?? true)
    .sort((a, b) => a.sequence - b.sequence)
    .map((instance) => ({ ...instance, studyInstanceUid, seriesInstanceUid }));
};

/** A module says itself which series and study its objects belong to. */
const derived = async (
  commands: CommandHandler,
  { job, attempt }: DerivedInstances,
): Promise<readonly OutgoingInstance[]> => {
  const { state } = await commands.load(jobDecider, streamName.job(job));
  if (state.status === 'unknown') throw new CodedError('dispatch.unknown-job', `the log has no job ${job}`);
  assertOutputKept(state, attempt);
  return derivedBy(state, attempt);
};
