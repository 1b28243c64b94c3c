import { SharedIdentity, type IdentityTokens } from '@waystation/deidentification';
import type { InputInstance } from '@waystation/module-sdk';
import { dataSetOf } from './data-set-of.js';

/**
 * What says who is in any of the objects: a name that one has as such is looked for in what people wrote into the others. Of
 * each the header is read; undefined where there is only one. Throws what `SharedIdentity` throws, and `dicom.not-a-file`.
 */
export const sharedIdentityOf = async (
  instances: readonly InputInstance[],
  signal: AbortSignal,
): Promise<IdentityTokens | undefined> => {
  if (instances.length < 2) return undefined;
  const identity = new SharedIdentity();
  for (const instance of instances) {
    signal.throwIfAborted();
    const { transferSyntaxUid, pieces } = await dataSetOf(await instance.open());
    await identity.read(pieces, transferSyntaxUid);
  }
  return identity.tokens;
};
