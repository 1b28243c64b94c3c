import { Command } from 'commander';
import { contextOf } from '../context.js';
import { download } from '../download.js';

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
