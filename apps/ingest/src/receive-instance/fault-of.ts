import { dimseStatuses } from '@waystation/dicom-network';
import { CodedError, messageOf } from '@waystation/kernel';

/** What a sender is told of a fault on our side. */
export interface Fault {
  /** Status of the C-STORE-RSP, PS3.4 table B.2-1 and PS3.7 annex C. */
  readonly status: number;
  readonly code: string;
  readonly reason: string;
}

/** Faults after which the same object may be accepted later: the sender is to keep it and try again. */
const outOfResources = /^(object-store|log|identity|ingest\.spool|dicom-network\.object-too-large)/;

/** The one place where faults become DIMSE statuses. */
export const faultOf = (error: unknown): Fault => {
  const code = error instanceof CodedError ? error.code : 'ingest.unexpected';
  const status = outOfResources.test(code) ? dimseStatuses.outOfResources : dimseStatuses.processingFailure;
  return { status: status.code, code, reason: messageOf(error) };
};
