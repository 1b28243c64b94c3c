export type { Ending } from './association/ending.js';
export { type Implementation, waystationImplementation } from './association/implementation.js';
export { type Acceptance, type ContextAnswer, negotiate, VERIFICATION_SOP_CLASS } from './association/negotiate.js';
export { dimseStatus, isFailure, isSuccess, isWarning } from './dimse/dimse-status.js';
export { dimseStatuses, type StatusMeaning } from './dimse/dimse-statuses.js';
export { type ContextRefusal, contextResult, type ProposedContext } from './pdu/presentation-context.js';
export { rejection, type Rejection } from './pdu/reject-pdu.js';
export type { AsynchronousOperations, RoleSelection, UserIdentity, UserInformation } from './pdu/user-information.js';
export { Admission, type AdmissionLimits } from './scp/admission.js';
export type { Origin } from './scp/origin.js';
export type {
  Association,
  AssociationAnswer,
  AssociationContext,
  AssociationRequest,
  Refusal,
  RefusedOperation,
  RefusedStore,
  StoreAnswer,
  StoreRequest,
  StoreScpHandlers,
} from './scp/store-scp-handlers.js';
export { StoreScp, type StoreScpOptions } from './scp/store-scp.js';
export { echo, type EchoReceipt } from './scu/echo.js';
export type { Peer } from './scu/peer.js';
export type { OnReceipt } from './scu/receipt-desk.js';
export { sendInstances, type SendOptions, type SendSummary } from './scu/send-instances.js';
export type { Alternatives, SendableInstance, SendReceipt, StoredForm } from './scu/sendable-instance.js';
export type { ClientTls } from './tls/client-tls.js';
export type { Credentials } from './tls/credentials.js';
export type { PeerCertificate } from './tls/peer-certificate.js';
export { readCredentials, type CredentialFiles, type FileCredentials } from './tls/read-credentials.js';
export type { ServerTls } from './tls/server-tls.js';
export type { TlsSession } from './tls/tls-session.js';
