import { isDicomUid } from '@waystation/kernel';
import { responseTo } from '../dimse/command-field.js';
import type { CommandSet } from '../dimse/command-set.js';
import type { StoreAnswer } from './store-scp-handlers.js';

const COMMENT_LENGTH = 64;

/** LO in the default repertoire: what does not fit becomes a question mark (PS3.5 table 6.2-1). */
const commentOf = (comment: string | undefined): string | undefined =>
  comment?.replace(/[^\x20-\x5b\x5d-\x7e]/g, '?').slice(0, COMMENT_LENGTH);

// A UID that is none is not sent back: it could be longer than a PDU.
const uid = (text: string | undefined): string | undefined =>
  text !== undefined && isDicomUid(text) ? text : undefined;

/** The response to a request, PS3.7 tables 9.3-2 and 9.3-13. */
export const responseFor = (request: CommandSet, messageId: number, answer: StoreAnswer): CommandSet => ({
  commandField: responseTo(request.commandField),
  hasDataSet: false,
  messageIdBeingRespondedTo: messageId,
  affectedSopClassUid: uid(request.affectedSopClassUid),
  affectedSopInstanceUid: uid(request.affectedSopInstanceUid),
  status: answer.status & 0xffff,
  errorComment: commentOf(answer.comment),
});
