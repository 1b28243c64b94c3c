export type { AppendPart, AppendUnit, TimerSetting } from './append/append-unit.js';
export type { CommandContext, Handled } from './commands/command-context.js';
export { CommandHandler } from './commands/command-handler.js';
export { EMPTY_STATE, STATE_MEMORY, weightOf } from './commands/weight-of.js';
export { Checkpoints } from './checkpoints/checkpoints.js';
export type { Office } from './checkpoints/office.js';
export { isDatabaseAway } from './connection/log-error.js';
export { queryRows, type NamedStatement } from './connection/query-rows.js';
export { EventLog, type EventLogOptions } from './event-log.js';
export { migrate, type MigrationClass } from './migrations/migrate.js';
export { runSqlFiles } from './migrations/run-sql-files.js';
export { Timers, type ClaimedTimer, type TimerQueue } from './timers/timers.js';
export type { TimerEntry } from './timers/replace-timers.js';
export { eventHash, type HashedEvent } from './append/event-hash.js';
export { MerkleTree } from './seal/merkle-tree.js';
export { merklePath, rootByPath } from './seal/merkle-path.js';
export { NO_SEAL, sealHash, type Seal, type SealBody } from './seal/seal-hash.js';
export { sealLeaf, type SealedPlace } from './seal/seal-leaf.js';
export {
  isSignedBy,
  publicKeyFrom,
  publicKeyText,
  signingKeyFrom,
  type SealSignature,
  type SigningKey,
} from './seal/seal-signature.js';
export { Sealer, type SealerOptions } from './seal/sealer.js';
export type { StoredEvent } from './read/stored-event.js';
export { Archiver, type ArchiveOrder, type SegmentDeed } from './archive/archiver.js';
export { segmentsOf, type Segment } from './archive/segments.js';
export { checkProof, type CheckProofOptions, type ProofVerdict } from './proof/check-proof.js';
export { EventProof } from './proof/event-proof.js';
export { proveEvent } from './proof/prove-event.js';
export { verifyLog, type VerifyOptions } from './verify/verify-log.js';
export type { VerifyProblem, VerifyReport } from './verify/verify-report.js';
