import { messagesSent } from './messages-sent.mjs';

const STORE_RESPONSE = 0x8001;

/** What the attackers said and were told, of every connection. */
export class Ledger {
  connections = 0;
  /** Connections that certainly brought something: who breaks off at once may not have been heard. */
  heard = 0;
  accepted = 0;
  aborted = 0;
  rejected = 0;
  hangs = [];
  /** What was answered Success: name, SOP Instance UID and SHA-256 of the data set. */
  kept = [];
  /** C-STOREs that were answered with a failure, the same with the status. */
  refused = [];
  /** Answers to what was not asked. */
  strange = [];

  /** Notes how a conversation went. */
  note({ name, chunks }, outcome) {
    if (!outcome.connected) return;
    this.connections += 1;
    const cameThrough = outcome.endBy === 'stay' || (outcome.endBy === 'end' && outcome.sent > 0);
    if (outcome.received.length > 0 || cameThrough) this.heard += 1;
    if (outcome.hung) this.hangs.push(name);
    if (outcome.accepted) this.accepted += 1;
    if (outcome.aborted) this.aborted += 1;
    if (outcome.rejected) this.rejected += 1;
    if (outcome.responses.length > 0) this.#match(name, messagesSent(Buffer.concat(chunks)), outcome.responses);
  }

  /** Operations are answered in the order in which they came, so that the first answer is that of the first. */
  #match(name, messages, responses) {
    for (const [index, response] of responses.entries()) {
      const message = messages[index];
      const place = { name, sopInstanceUid: response.sopInstanceUid, status: response.status };
      if (message === undefined || message.messageId !== response.messageId) this.strange.push(place);
      else if (response.field === STORE_RESPONSE) this.#answered({ ...place, sha256: message.sha256 }, message);
    }
  }

  #answered(place, message) {
    if (place.status !== 0) this.refused.push(place);
    else if (!message.isStore || message.sha256 === undefined) this.strange.push(place);
    else this.kept.push(place);
  }
}
