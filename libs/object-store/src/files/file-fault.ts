import { CodedError, messageOf } from '@waystation/kernel';

/** No room: on the device, in the quota, or for a file this large (RLIMIT_FSIZE). */
const noRoom: readonly string[] = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Whether there was no room for what a file system call was to write. */
export const isOutOfRoom = (error: unknown): boolean => noRoom.includes(errnoOf(error) ?? '');

/** The errno name of what a file system call threw. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What a file system call threw, in the words of the port. What is one of ours already stays as it is. */
export const fileFault = (doing: string, error: unknown): CodedError => {
  if (error instanceof CodedError) return error;
  const code = isOutOfRoom(error) ? 'object-store.full' : 'object-store.unavailable';
  return new CodedError(code, `${doing} failed: ${messageOf(error)}`, { cause: error });
};

/** Runs file system calls; what they throw comes out as {@link fileFault}. */
export const inOurWords = async <T>(doing: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw fileFault(doing, error);
  }
};
