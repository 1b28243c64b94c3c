import { isDicomUid } from '@waystation/kernel';
import { VERIFICATION_SOP_CLASS } from '../association/negotiate.js';
import type { CommandSet } from '../dimse/command-set.js';
import { dimseStatuses } from '../dimse/dimse-statuses.js';
import type { AssociationContext, StoreAnswer } from './store-scp-handlers.js';

/** Why a C-STORE-RQ cannot be carried out whatever its data set is (PS3.7 9.1.1.1.9), or undefined. */
export const refusalOf = (command: CommandSet, context: AssociationContext): StoreAnswer | undefined => {
  const { affectedSopClassUid, affectedSopInstanceUid, hasDataSet } = command;
  if (context.abstractSyntax === VERIFICATION_SOP_CLASS || affectedSopClassUid !== context.abstractSyntax) {
    return {
      status: dimseStatuses.sopClassNotSupported.code,
      comment: 'SOP class is not the one of the presentation context',
    };
  }
  if (affectedSopInstanceUid === undefined || !isDicomUid(affectedSopInstanceUid)) {
    return { status: dimseStatuses.invalidSopInstance.code, comment: 'Affected SOP Instance UID is no UID' };
  }
  if (!hasDataSet) return { status: dimseStatuses.cannotUnderstand.code, comment: 'C-STORE without a data set' };
  return undefined;
};
