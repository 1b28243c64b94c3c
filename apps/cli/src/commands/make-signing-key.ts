import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import { contextOf } from '../context.js';

/** `waystation make-signing-key FILE` */
export const makeSigningKeyCommand = (): Command =>
  new Command('make-signing-key')
    .description('makes an Ed25519 key that seals of the log are signed with; needs no running Waystation')
    .argument('<file>', 'for the private key; the public one goes to <file>.pub')
    .addHelpText(
      'after',
      `
Example:
  waystation make-signing-key seal.pem      # then start with WAYSTATION_SEAL_KEY_FILE=seal.pem
  waystation verify --public-key seal.pem.pub`,
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      await writeNew(file, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 0o600);
      const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
      await writeNew(`${file}.pub`, pem, 0o644);
      const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
      contextOf(command).output.answer({ privateKey: file, publicKey: `${file}.pub`, key }, () => [
        `private key  ${file}       set WAYSTATION_SEAL_KEY_FILE to it, and let nobody else read it`,
        `public key   ${file}.pub   keep it where the owner of the database cannot change it`,
        `in the log   ${key}`,
      ]);
    });

const writeNew = async (path: string, text: string, mode: number): Promise<void> => {
  try {
    await writeFile(path, text, { flag: 'wx', mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CodedError('cli.file-exists', `${path} is there already, and no key is written over`, { cause: error });
  }
};
