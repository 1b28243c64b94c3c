import { FolderTarget } from '@waystation/events';

/** Whether a path says where a file is whatever folder a service was started in. */
export const isAbsolutePath = (path: string): boolean => FolderTarget.shape.path.safeParse(path).success;
