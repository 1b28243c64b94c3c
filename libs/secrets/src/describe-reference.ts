import type { SecretReference } from '@waystation/events';

/** Where a secret is, for sentences: never what it is. */
export const describeReference = (reference: SecretReference): string => {
  if ('environment' in reference) return `the variable ${reference.environment}`;
  return 'file' in reference ? `the file ${reference.file}` : `the secret ${reference.vault} of Vault`;
};
