import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobFileLine } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { download } from '../download.js';
import { localName } from '../local-name.js';
import { oneLine } from '../output/one-line.js';

interface WhichAttempt {
  readonly attempt?: string;
}

/** `waystation job files` */
export const jobFilesCommand = (): Command =>
  new Command('files')
    .description('lists the files that a module made beside objects, or takes all of them')
    .argument('<job>', 'as `waystation jobs` shows it')
    .option('--attempt <n>', 'the last one that left any unless told')
    .option('-o, --out <folder>', 'where all of them are written, under names that are safe here')
    .addHelpText('after', '\nExample:\n  waystation job files 5d1f0c3a9be7426880d1 --out report')
    .action(async (job: string, { out, ...which }: WhichAttempt & { readonly out?: string }, command: Command) => {
      const { api, output } = contextOf(command);
      const files = await filesOf(api, job, which);
      if (out === undefined) {
        const columns = {
          NAME: ({ name }: JobFileLine) => oneLine(name),
          BYTES: ({ size }: JobFileLine) => size,
          SHA256: ({ sha256 }: JobFileLine) => sha256,
        };
        output.list(files, columns, 'the module made no file');
        return;
      }
      await mkdir(out, { recursive: true });
      const taken = new Set<string>();
      const written: { readonly name: string; readonly file: string }[] = [];
      for (const file of files) {
        const path = join(out, localName(file.name, taken));
        await take(api, job, which, file, path);
        written.push({ name: file.name, file: path });
      }
      output.answer(written, () => written.map(({ file }) => file));
    });

/** `waystation job file` */
export const jobFileCommand = (): Command =>
  new Command('file')
    .description('takes one file that a module made; its bytes are checked')
    .argument('<job>', 'as `waystation jobs` shows it')
    .argument('<name>', 'as `waystation job files` shows it')
    .option('--attempt <n>', 'the last one that left any unless told')
    .option(
      '-o, --out <file>',
      'where it is written; it must not be there yet. Without it, here, under a name that is safe',
    )
    .addHelpText('after', '\nExample:\n  waystation job file 5d1f0c3a9be7426880d1 report.pdf -o report.pdf')
    .action(
      async (
        job: string,
        name: string,
        { out, ...which }: WhichAttempt & { readonly out?: string },
        command: Command,
      ) => {
        const { api, output } = contextOf(command);
        const file = (await filesOf(api, job, which)).find((one) => one.name === name);
        if (file === undefined) throw new CodedError('job.no-such-object', `job ${job} left no file '${name}'`);
        const path = out ?? localName(name);
        await take(api, job, which, file, path);
        output.answer({ job, ...file, file: path }, () => [`${path}: ${file.size} bytes, sha256 ${file.sha256}`]);
      },
    );

const filesOf = (api: Api, job: string, which: WhichAttempt): Promise<readonly JobFileLine[]> =>
  api.get(`api/jobs/${encodeURIComponent(job)}/objects/files${queryOf(which)}`);

const take = (
  api: Api,
  job: string,
  which: WhichAttempt,
  { name, sha256 }: JobFileLine,
  path: string,
): Promise<unknown> => {
  const from = `api/jobs/${encodeURIComponent(job)}/objects/files/${encodeURIComponent(name)}${queryOf(which)}`;
  return download(api, from, path, sha256);
};

const queryOf = ({ attempt }: WhichAttempt): string =>
  attempt === undefined ? '' : `?${new URLSearchParams({ attempt }).toString()}`;
