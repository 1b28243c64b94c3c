import { messageOf } from '@waystation/kernel';
import type { CommandSet } from '../dimse/command-set.js';
import { encodeCommand } from '../dimse/encode-command.js';
import { encodeCommandPdus, pdvCapacity } from '../pdu/data-pdu.js';
import { DataPacker } from './data-packer.js';
import type { Outstanding } from './outstanding.js';
import type { ScuAssociation } from './scu-association.js';

/**
 * Sends a command, and its data set if there is one, as fast as the peer takes it, never copied. Resolves when all of it
 * is on its way; `association.response` waits for the answer.
 * @throws CodedError what ended the association, or `dicom-network.source-failed` where the data set cannot be read;
 *   `details.unanswered` names the objects whose fate is not known
 */
export const sendRequest = async (
  association: ScuAssociation,
  contextId: number,
  request: CommandSet,
  data?: AsyncIterable<Buffer>,
): Promise<Outstanding> => {
  const outstanding: Outstanding = { request, sent: data === undefined, response: undefined };
  association.expect(outstanding);
  const command = encodeCommandPdus(contextId, encodeCommand(request), association.sendLength);
  if (data === undefined) await association.send([command]);
  else await sendData(association, contextId, command, data, outstanding);
  return outstanding;
};

const sendData = async (
  association: ScuAssociation,
  contextId: number,
  command: Buffer,
  data: AsyncIterable<Buffer>,
  outstanding: Outstanding,
): Promise<void> => {
  const packer = new DataPacker(contextId, pdvCapacity(association.sendLength), command);
  try {
    for await (const chunk of data) {
      for (const pdu of packer.add(chunk)) await association.send(pdu);
    }
  } catch (error) {
    // What was sent before has nothing to do with it, and is not to be left in doubt.
    await association.settle(outstanding).catch(() => undefined);
    association.fail(association.error('source-failed', `cannot be sent the object: ${messageOf(error)}`, error));
    throw association.failure;
  }
  outstanding.sent = true;
  await association.send(packer.end());
};
