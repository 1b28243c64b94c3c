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

/** Why a response cannot be the one to any of the requests that are outstanding, by message id, or undefined. */
export const mismatch = (
  outstanding: ReadonlyMap<number | undefined, Outstanding>,
  response: CommandSet,
): string | undefined => {
  const asked = [...outstanding.values()].filter((one) => one.response === undefined);
  if (asked.length === 0) return 'nothing was asked';
  const answered = outstanding.get(response.messageIdBeingRespondedTo);
  if (answered === undefined || answered.response !== undefined) {
    const expected = asked.map(({ request }) => request.messageId).join(' or ');
    return `it is for message ${response.messageIdBeingRespondedTo}, expected ${expected}`;
  }
  return mistake(answered, response);
};

const mistake = ({ request, sent }: Outstanding, response: CommandSet): string | undefined => {
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
