import { encodeItem, encodeTextItem } from './encode-item.js';
import { itemType } from './item-type.js';
import type { AsynchronousOperations, RoleSelection, UserInformation } from './user-information.js';

const encodeOperations = ({ invoked, performed }: AsynchronousOperations): Buffer => {
  const value = Buffer.alloc(4);
  value.writeUInt16BE(invoked);
  value.writeUInt16BE(performed, 2);
  return encodeItem(itemType.asynchronousOperations, value);
};

const withLength = (value: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(value.length);
  return Buffer.concat([length, value]);
};

const encodeRole = ({ sopClassUid, scu, scp }: RoleSelection): Buffer =>
  encodeItem(
    itemType.roleSelection,
    withLength(Buffer.from(sopClassUid, 'latin1')),
    Buffer.from([Number(scu), Number(scp)]),
  );

/**
 * A user information item (PS3.8 D.1, PS3.7 D.3.3), its sub-items in the order of their types. A user identity is not
 * written: Waystation has no users to present.
 */
export const encodeUserInformation = (information: UserInformation): Buffer => {
  const maximumLength = Buffer.alloc(4);
  maximumLength.writeUInt32BE(information.maximumLength);
  const { asynchronousOperations, roleSelections = [], implementationVersionName, userIdentityResponse } = information;
  return encodeItem(
    itemType.userInformation,
    encodeItem(itemType.maximumLength, maximumLength),
    encodeTextItem(itemType.implementationClassUid, information.implementationClassUid),
    ...(asynchronousOperations === undefined ? [] : [encodeOperations(asynchronousOperations)]),
    ...roleSelections.map(encodeRole),
    ...(implementationVersionName === undefined
      ? []
      : [encodeTextItem(itemType.implementationVersionName, implementationVersionName)]),
    ...(userIdentityResponse === undefined
      ? []
      : [encodeItem(itemType.userIdentityResponse, withLength(userIdentityResponse))]),
  );
};
