import type { ActiveParticipant } from './audit-message.js';
import type { Code } from './codes.js';

/** Who reports: this Waystation. */
export interface Reporter {
  /** The log and its epoch: `/log/main/1`. It is the audit source, and the audit log that is used. */
  readonly source: string;
  /** Where in the enterprise that is; undefined where nobody said. */
  readonly siteId: string | undefined;
  readonly host: string;
  /** Our own. */
  readonly aeTitle: string;
}

/** Waystation itself as somebody who takes part. */
export const waystation = (
  { host, aeTitle }: Reporter,
  how: { readonly isRequestor: boolean; readonly roles?: readonly Code[] },
): ActiveParticipant => ({
  userId: 'waystation',
  aeTitle,
  userName: 'Waystation',
  isRequestor: how.isRequestor,
  roles: how.roles ?? [],
  network: { id: host, type: '1' },
});
