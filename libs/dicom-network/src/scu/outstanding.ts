import { responseTo } from '../dimse/command-field.js';
import type { CommandSet } from '../dimse/command-set.js';
import { isFailure } from '../dimse/dimse-status.js';

/** A request that waits for its response. */
export interface Outstanding {
  readonly request: CommandSet;
  /** Whether the peer was sent all it needs to answer well. */
  sent: boolean;
  response: CommandSet | undefined;
}

/** Why a response cannot be the one to what is outstanding, or undefined. */
export const mismatch = (outstanding: Outstanding | undefined, response: CommandSet): string | undefined => {
  if (outstanding === undefined || outstanding.response !== undefined) return 'nothing was asked';
  const { request, sent } = outstanding;
  if (response.messageIdBeingRespondedTo !== request.messageId) {
    return `it is for message ${response.messageIdBeingRespondedTo}, expected ${request.messageId}`;
  }
  if (response.commandField !== responseTo(request.commandField) || response.status === undefined) {
    return `it has command field ${response.commandField} and status ${response.status}`;
  }
  // Optional in a response (PS3.7 table 9.3-2), but where it is given it counts.
  const uid = response.affectedSopInstanceUid;
  if (uid !== undefined && uid !== request.affectedSopInstanceUid) {
    return `it is for object ${uid}, expected ${request.affectedSopInstanceUid}`;
  }
  return sent || isFailure(response.status) ? undefined : 'it acknowledges an object that was not yet sent';
};
