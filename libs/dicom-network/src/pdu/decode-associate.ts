import { trimAeTitle } from '@waystation/kernel';
import type { AssociateAcceptPdu, AssociateRequestPdu } from './associate-pdu.js';
import { decodeUserInformation } from './decode-user-information.js';
import { type Item, readItems, readUid, requireLength } from './item-reader.js';
import { itemType } from './item-type.js';
import type { AnsweredContext, ProposedContext } from './presentation-context.js';
import { protocolFault } from './protocol-fault.js';

const HEAD_LENGTH = 68;
/** Ids are the odd numbers of a byte: there can be no more (PS3.8 9.3.2.2). */
const CONTEXT_LIMIT = 128;

const only = (items: readonly Item[], type: number, what: string): Buffer => {
  const found = items.filter((item) => item.type === type);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first.value;
  throw protocolFault('dicom-network.invalid-pdu-parameter', `${what} is there ${found.length} times, expected once`);
};

const readTransferSyntaxes = (items: readonly Item[]): readonly string[] =>
  items.filter((item) => item.type === itemType.transferSyntax).map((item) => readUid(item.value, 'A transfer syntax'));

const readProposed = (value: Buffer): ProposedContext => {
  requireLength(value, 4, 'A presentation context');
  const id = value.readUInt8(0);
  const items = readItems(value.subarray(4));
  const transferSyntaxes = readTransferSyntaxes(items);
  if (id % 2 === 0 || transferSyntaxes.length === 0) {
    throw protocolFault(
      'dicom-network.invalid-pdu-parameter',
      `Presentation context ${id} has ${transferSyntaxes.length} transfer syntaxes, expected an odd id and at least one`,
    );
  }
  const abstractSyntax = only(items, itemType.abstractSyntax, `The abstract syntax of presentation context ${id}`);
  return { id, abstractSyntax: readUid(abstractSyntax, 'An abstract syntax'), transferSyntaxes };
};

const readAnswered = (value: Buffer): AnsweredContext => {
  requireLength(value, 4, 'A presentation context');
  const result = value.readUInt8(2);
  // The transfer syntax of a refused context is not significant (PS3.8 9.3.3.2) and often empty.
  const [transferSyntax] = result === 0 ? readTransferSyntaxes(readItems(value.subarray(4))) : [];
  return { id: value.readUInt8(0), result, transferSyntax: transferSyntax ?? '' };
};

const readContexts = <Context extends { readonly id: number }>(
  items: readonly Item[],
  type: number,
  read: (value: Buffer) => Context,
): readonly Context[] => {
  const found = items.filter((item) => item.type === type);
  const contexts = found.length > CONTEXT_LIMIT ? [] : found.map((item) => read(item.value));
  if (contexts.length === 0 || new Set(contexts.map((context) => context.id)).size !== contexts.length) {
    throw protocolFault(
      'dicom-network.invalid-pdu-parameter',
      `There are ${found.length} presentation contexts, expected 1 to ${CONTEXT_LIMIT} with different ids`,
    );
  }
  return contexts;
};

const decode = <Context extends { readonly id: number }>(
  body: Buffer,
  contextType: number,
  readContext: (value: Buffer) => Context,
) => {
  requireLength(body, HEAD_LENGTH, 'The A-ASSOCIATE PDU');
  const items = readItems(body.subarray(HEAD_LENGTH));
  return {
    protocolVersion: body.readUInt16BE(0),
    calledAeTitle: trimAeTitle(body.toString('latin1', 4, 20)),
    callingAeTitle: trimAeTitle(body.toString('latin1', 20, 36)),
    applicationContext: readUid(
      only(items, itemType.applicationContext, 'The application context'),
      'The application context',
    ),
    contexts: readContexts(items, contextType, readContext),
    userInformation: decodeUserInformation(only(items, itemType.userInformation, 'The user information')),
  };
};

/**
 * Reads the body of an A-ASSOCIATE-RQ (PS3.8 9.3.2). AE titles come without padding and are not checked.
 * @throws CodedError `dicom-network.invalid-pdu-parameter`
 */
export const decodeAssociateRequest = (body: Buffer): AssociateRequestPdu =>
  decode(body, itemType.requestedContext, readProposed);

/** Reads the body of an A-ASSOCIATE-AC (PS3.8 9.3.3). Throws like its counterpart. */
export const decodeAssociateAccept = (body: Buffer): AssociateAcceptPdu =>
  decode(body, itemType.answeredContext, readAnswered);
