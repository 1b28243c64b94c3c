import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CodedError, messageOf } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';

interface BundleOptions {
  readonly out: string;
  readonly withObjects?: boolean;
}

/** `waystation bundle STUDY --out FILE` */
export const bundleCommand = (): Command =>
  new Command('bundle')
    .description('takes the evidence of a study out: a zip that is checked on any machine with Node')
    .argument('<study>', 'Study Instance UID')
    .requiredOption('--out <file>', 'where the zip is written; the file must not be there yet')
    .option('--with-objects', 'with the DICOM files')
    .addHelpText(
      'after',
      `
In it are the events of the study, its series, deliveries and associations with the proofs that they are under the seals of
the log, the decisions and configurations, the receipts, and verify.mjs, which checks all that. Identity is in it as it is stored.

Examples:
  waystation bundle 1.2.826.0.1.3680043.8.1055 --out study.zip
  waystation bundle 1.2.826.0.1.3680043.8.1055 --out study.zip --with-objects
  unzip study.zip -d study && node study/verify.mjs`,
    )
    .action(async (study: string, { out, withObjects = false }: BundleOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const written = await download(
        api,
        `api/studies/${encodeURIComponent(study)}/bundle?objects=${withObjects}`,
        out,
      );
      output.answer({ study, file: out, ...written }, () => [
        `${out}: ${written.size} bytes, sha256 ${written.sha256}`,
        `check it with: unzip ${out} -d FOLDER && node FOLDER/verify.mjs`,
      ]);
    });

/** Half a zip never stands under the name. @throws CodedError `cli.file-exists`, `cli.broken-off` */
const download = async (api: Api, path: string, out: string): Promise<{ size: number; sha256: string }> => {
  if (existsSync(out)) throw new CodedError('cli.file-exists', `${out} is there already`);
  const source = await api.stream(path);
  const draft = `${out}.part`;
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(source, counted, createWriteStream(draft));
    await rename(draft, out);
  } catch (error) {
    throw new CodedError('cli.broken-off', `${out} could not be written: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(draft, { force: true });
  }
  return { size, sha256: hash.digest('hex') };
};
