export { Identities } from './identities.js';
export type { KeyEncryption } from './key-encryption/key-encryption.js';
export { KeyErasure } from './keys/key-erasure.js';
export { KeyRotation, type RotatedKey, type RotationProgress } from './keys/key-rotation.js';
export { PatientKeys, type KnownPatient } from './keys/patient-keys.js';
export { CreateIdentityKeys1767268800000 } from './migrations/create-identity-keys.js';
export { openIdentities, type IdentitiesOptions } from './open-identities.js';
export { BlindIndex } from './patients/blind-index.js';
export type { Subject } from './patients/subject.js';
