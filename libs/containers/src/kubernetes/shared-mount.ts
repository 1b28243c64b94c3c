import { relative } from 'node:path';
import type { V1VolumeMount } from '@kubernetes/client-node';
import type { ContainerBind } from '@waystation/events';
import { CodedError } from '@waystation/kernel';

/** Name of the volume in the pod. */
export const SHARED = 'shared';

/**
 * A folder of the volume that this service and its containers see alike.
 * @param folder where this service sees the volume
 * @throws CodedError `container.bind-elsewhere`
 */
export const sharedMount = ({ source, target, readOnly }: ContainerBind, folder: string): V1VolumeMount => {
  const subPath = relative(folder, source);
  if (subPath === '' || subPath === '..' || subPath.startsWith('../')) {
    throw new CodedError(
      'container.bind-elsewhere',
      `the folder ${source} is not below ${folder}: on Kubernetes a module sees folders of the shared volume only`,
      { details: { retryable: false } },
    );
  }
  return { name: SHARED, mountPath: target, subPath, readOnly };
};
