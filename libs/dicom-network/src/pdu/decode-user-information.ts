import { type Item, readItems, readUid, requireLength } from './item-reader.js';
import { itemType } from './item-type.js';
import type { AsynchronousOperations, RoleSelection, UserIdentity, UserInformation } from './user-information.js';

/** What a peer that names no maximum length is sent: every implementation takes it. */
const CAUTIOUS_MAXIMUM_LENGTH = 16_384;
const USER_NAME_LIMIT = 256;

// Names end up in logs and events.
const readName = (value: Buffer, limit: number): string =>
  value
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, limit);

const readMaximumLength = (value: Buffer): number => {
  requireLength(value, 4, 'The maximum length item');
  return value.readUInt32BE(0);
};

const readAsynchronousOperations = (value: Buffer): AsynchronousOperations => {
  requireLength(value, 4, 'The asynchronous operations window item');
  return { invoked: value.readUInt16BE(0), performed: value.readUInt16BE(2) };
};

const readRoleSelection = (value: Buffer): RoleSelection => {
  requireLength(value, 2, 'The role selection item');
  const uidEnd = 2 + value.readUInt16BE(0);
  requireLength(value, uidEnd + 2, 'The role selection item');
  return {
    sopClassUid: readUid(value.subarray(2, uidEnd), 'The SOP class of a role selection'),
    scu: value.readUInt8(uidEnd) === 1,
    scp: value.readUInt8(uidEnd + 1) === 1,
  };
};

const readUserIdentity = (value: Buffer): UserIdentity => {
  requireLength(value, 4, 'The user identity item');
  const primaryEnd = 4 + value.readUInt16BE(2);
  requireLength(value, primaryEnd + 2, 'The user identity item');
  const secondaryEnd = primaryEnd + 2 + value.readUInt16BE(primaryEnd);
  requireLength(value, secondaryEnd, 'The user identity item');
  const type = value.readUInt8(0);
  const primary = value.subarray(4, primaryEnd);
  const named = type === 1 || type === 2;
  const identity = {
    type,
    positiveResponseRequested: value.readUInt8(1) === 1,
    name: named ? primary.toString('utf8').replace(/\p{C}/gu, '').trim().slice(0, USER_NAME_LIMIT) : '',
    credential: named ? value.subarray(primaryEnd + 2, secondaryEnd) : primary,
  };
  return Object.defineProperty(identity, 'credential', { enumerable: false });
};

const readUserIdentityResponse = (value: Buffer): Buffer => {
  requireLength(value, 2, 'The user identity response item');
  requireLength(value, 2 + value.readUInt16BE(0), 'The user identity response item');
  return value.subarray(2, 2 + value.readUInt16BE(0));
};

const last = (items: readonly Item[], type: number): Buffer | undefined =>
  items.findLast((item) => item.type === type)?.value;

const read = <T>(items: readonly Item[], type: number, reader: (value: Buffer) => T): T | undefined => {
  const value = last(items, type);
  return value === undefined ? undefined : reader(value);
};

/** Reads a user information item's value; sub-items that are not known are skipped (PS3.8 9.3.1). */
export const decodeUserInformation = (bytes: Buffer): UserInformation => {
  const items = readItems(bytes);
  const roles = items.filter((item) => item.type === itemType.roleSelection);
  return {
    maximumLength: read(items, itemType.maximumLength, readMaximumLength) ?? CAUTIOUS_MAXIMUM_LENGTH,
    implementationClassUid: read(items, itemType.implementationClassUid, (value) => readName(value, 64)) ?? '',
    implementationVersionName: read(items, itemType.implementationVersionName, (value) => readName(value, 16)),
    asynchronousOperations: read(items, itemType.asynchronousOperations, readAsynchronousOperations),
    roleSelections: roles.length === 0 ? undefined : roles.map((role) => readRoleSelection(role.value)),
    userIdentity: read(items, itemType.userIdentity, readUserIdentity),
    userIdentityResponse: read(items, itemType.userIdentityResponse, readUserIdentityResponse),
  };
};
