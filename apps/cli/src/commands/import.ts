import { readFile, writeFile } from 'node:fs/promises';
import type { PublishedConfiguration } from '@waystation/answers';
import type { ConfigurationDocument } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';
import { importPage } from '../output/import-page.js';
import { jsonText } from '../output/json-text.js';
import { authorship, editPath, type Authorship } from './authorship.js';

interface ImportOptions extends Authorship {
  readonly publish?: boolean;
  readonly out?: string;
  readonly timeZone: string;
}

/** `waystation import mercure.json` */
export const importCommand = (): Command =>
  authorship(new Command('import'))
    .description('makes a configuration of one of mercure, and says of each value what became of it')
    .argument('<mercure.json>', 'configuration of mercure; nothing else of mercure is read')
    .option('--out <file>', 'writes the configuration there, to be looked at, changed and published')
    .option('--publish', 'brings the configuration into force, in place of the one that is')
    .option(
      '--time-zone <zone>',
      'where the clock of the mercure server stands, for its off-peak hours',
      new Intl.DateTimeFormat().resolvedOptions().timeZone,
    )
    .addHelpText(
      'after',
      `
Examples:
  waystation import /opt/mercure/config/mercure.json --out waystation-configuration.json
  waystation import mercure.json --publish --reason "we move from mercure" --time-zone Europe/Berlin`,
    )
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { api, output } = contextOf(command);
      // Only here: every other command starts sooner without it.
      const [{ importMercure }, { elementOf }] = await Promise.all([
        import('@waystation/mercure-import'),
        import('../mercure/element-of.js'),
      ]);
      const { document, items } = importMercure(await read(file), { timeZone: zone(options.timeZone), elementOf });
      if (options.out !== undefined) await writeFile(options.out, `${jsonText(document)}\n`);
      const published = options.publish === true ? await publish(api, document, options) : undefined;
      output.answer({ document, items, ...published }, () => [
        ...importPage(items),
        ...(options.out === undefined ? [] : [`the configuration is in ${options.out}`]),
        ...(published === undefined
          ? []
          : [`configuration ${published.version} is in force (sha256 ${published.sha256})`]),
        ...(options.out === undefined && published === undefined
          ? ['nothing was changed: --out FILE writes the configuration, --publish brings it into force']
          : []),
      ]);
    });

const publish = async (
  api: Api,
  document: ConfigurationDocument,
  by: Authorship,
): Promise<Pick<PublishedConfiguration, 'version' | 'sha256'>> => {
  const { version, sha256 } = await api.control<PublishedConfiguration>('PUT', editPath('', by), { document });
  return { version, sha256 };
};

const read = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CodedError('cli.unreadable-file', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
};

const zone = (name: string): string => {
  if (isTimeZone(name)) return name;
  throw new CodedError(
    'cli.unknown-time-zone',
    `'${name}' is no time zone of the IANA database, such as Europe/Berlin`,
  );
};

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
