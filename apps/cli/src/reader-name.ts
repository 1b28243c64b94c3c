import { userInfo } from 'node:os';

/** Who uses the command line, in characters that a header may have; empty where this machine does not know. */
export const readerName = (): string => {
  try {
    return userInfo().username.replace(/[^\x21-\x7e]/g, '?');
  } catch {
    return '';
  }
};
