import { seriesDecider, type KnownDelivery } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { OutgoingInstance } from '../targets/target-sender.js';

/** The objects of a delivery that have no receipt yet, in the order in which they were stored. */
export const instancesToSend = async (
  commands: CommandHandler,
  { request, receipts }: KnownDelivery,
): Promise<readonly OutgoingInstance[]> => {
  const { seriesInstanceUid, studyInstanceUid } = request;
  const { afterSequence, throughSequence, sopInstanceUids } = request.instances;
  const chosen = sopInstanceUids && new Set(sopInstanceUids);
  const { state } = await commands.load(seriesDecider, streamName.series(seriesInstanceUid));
  if (state.status === 'unknown')
    throw new CodedError('dispatch.unknown-series', `the log has no series ${seriesInstanceUid}`);
  return [...state.instances.values()]
    .filter(({ sequence }) => sequence > afterSequence && sequence <= throughSequence)
    .filter(({ sopInstanceUid }) => chosen?.has(sopInstanceUid) ?? true)
    .filter(({ sopInstanceUid }) => !receipts.has(sopInstanceUid))
    .sort((a, b) => a.sequence - b.sequence)
    .map((instance) => ({ ...instance, studyInstanceUid, seriesInstanceUid }));
};
