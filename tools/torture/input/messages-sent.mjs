import { createHash } from 'node:crypto';
import { numberIn, readCommand, readPdus, readPdvs, textIn } from './read-pdus.mjs';

const STORE = 0x0001;
const CANCEL = 0x0fff;
const NO_DATA_SET = 0x0101;

/**
 * What was asked for in a stream of bytes, in order: read by itself, without the code that is tested. A message that is not
 * whole has no hash.
 */
export function messagesSent(bytes) {
  const messages = [];
  let commandBytes = [];
  let open;
  for (const { type, body } of readPdus(bytes)) {
    if (type !== 4) continue;
    for (const { control, value } of readPdvs(body)) {
      const last = (control & 2) !== 0;
      if ((control & 1) !== 0) {
        commandBytes.push(value);
        if (!last) continue;
        open = messageOf(readCommand(Buffer.concat(commandBytes)));
        commandBytes = [];
        if (open.field !== CANCEL) messages.push(open);
      } else if (open?.hash !== undefined) {
        open.hash.update(value);
        open.size += value.length;
        if (!last) continue;
        open.sha256 = open.hash.digest('hex');
        open = undefined;
      }
    }
  }
  for (const message of messages) delete message.hash;
  return messages;
}

const messageOf = (elements) => {
  const field = numberIn(elements, 0x0100);
  const hasDataSet = numberIn(elements, 0x0800) !== NO_DATA_SET;
  return {
    field,
    isStore: field === STORE,
    messageId: numberIn(elements, 0x0110),
    sopInstanceUid: textIn(elements, 0x1000),
    size: 0,
    ...(hasDataSet ? { hash: createHash('sha256') } : {}),
  };
};
