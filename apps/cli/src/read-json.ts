import { readFile } from 'node:fs/promises';
import { CodedError, messageOf } from '@waystation/kernel';

/** What a file has in JSON. @throws CodedError `cli.unreadable-file` */
export const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CodedError('cli.unreadable-file', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
};
