import type { ConfigurationInForce, PublishedConfiguration } from '@waystation/answers';
import { Command, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { contextOf } from '../context.js';
import { authorship, editPath, type Authorship } from './authorship.js';
import { removePart } from './remove-part.js';
import { targetTlsOf, targetTlsOptions, type TargetTlsOptions } from './target-tls-options.js';

interface TargetOptions extends Authorship, TargetTlsOptions {
  readonly kind: 'dicom' | 'folder';
  readonly host?: string;
  readonly port?: number;
  readonly calledAe?: string;
  readonly callingAe?: string;
  readonly path?: string;
  readonly concurrency?: number;
  readonly attempts?: number;
  readonly firstDelay?: number;
  readonly longestDelay?: number;
  readonly timeout?: number;
  readonly associations?: number;
  readonly operationsWindow?: number;
  readonly maximumPdu?: number;
  readonly transcode?: 'when-refused' | 'never';
}

/** `waystation target …` */
export const targetCommand = (): Command =>
  new Command('target')
    .description('where objects can be sent')
    .addCommand(addTarget())
    .addCommand(listTargets())
    .addCommand(removeTarget());

const number = (text: string): number => {
  const value = Number(text);
  if (Number.isNaN(value)) throw new InvalidArgumentError('not a number');
  return value;
};

/** The command as far as its options go. */
const addCommand = (): Command =>
  authorship(new Command('add'))
    .description('adds a target, or replaces the one of that name')
    .argument('<name>', 'what rules call it')
    .addOption(new Option('--kind <kind>', 'kind of target').choices(['dicom', 'folder']).default('dicom'))
    .option('--host <host>', 'dicom: host name or address')
    .option('--port <port>', 'dicom: port', number)
    .option('--called-ae <title>', 'dicom: AE title of the target')
    .option('--calling-ae <title>', 'dicom: AE title to call with (default WAYSTATION)')
    .option('--path <folder>', 'folder: where files are written')
    .option('--concurrency <n>', 'deliveries at the same time (default 1)', number)
    .option('--attempts <n>', 'attempts before a delivery is given up (default 10)', number)
    .option('--first-delay <seconds>', 'delay before the second attempt; doubles each time (default 5)', number)
    .option('--longest-delay <seconds>', 'longest delay between attempts (default 900)', number)
    .option('--timeout <seconds>', 'dicom: no answer for this long ends an attempt (default 30)', number)
    .option('--associations <n>', 'dicom: associations that one delivery is spread over (default 1)', number)
    .option('--operations-window <n>', 'dicom: objects sent ahead of their answers, if it allows (default 1)', number)
    .option('--maximum-pdu <bytes>', 'dicom: longest PDU that it is told we take (default 131072)', number)
    .addOption(
      new Option('--transcode <when>', 'dicom: send what it refuses as stored without compression').choices([
        'when-refused',
        'never',
      ]),
    );

const addTarget = (): Command =>
  targetTlsOptions(addCommand())
    .addHelpText(
      'after',
      `
Examples:
  waystation target add pacs --host 127.0.0.1 --port 11113 --called-ae PACS
  waystation target add archive --host pacs.example --port 2762 --called-ae ARCHIVE --associations 4 \\
    --ca-file /etc/waystation/ca.pem --certificate-file /etc/waystation/own.pem --key-file /etc/waystation/own.key
  waystation target add export --kind folder --path /srv/export`,
    )
    .action(async (name: string, options: TargetOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`targets/${encodeURIComponent(name)}`, options);
      const { version } = await api.control<PublishedConfiguration>('PUT', path, targetOf(name, options));
      output.answer({ version, target: name }, () => [`target '${name}' is in force (configuration ${version})`]);
    });

const targetOf = (name: string, options: TargetOptions): object => {
  const { kind, host, port, calledAe, callingAe, path, concurrency, attempts, firstDelay, longestDelay } = options;
  const retry = { attempts, firstDelaySeconds: firstDelay, longestDelaySeconds: longestDelay };
  const given = Object.values(retry).some((value) => value !== undefined);
  const common = { name, kind, concurrency, ...(given ? { retry } : {}) };
  return kind === 'folder'
    ? { ...common, path: path === undefined ? undefined : resolve(path) }
    : {
        ...common,
        host,
        port,
        calledAeTitle: calledAe,
        callingAeTitle: callingAe,
        timeoutSeconds: options.timeout,
        associations: options.associations,
        operationsWindow: options.operationsWindow,
        maximumPduLength: options.maximumPdu,
        transcode: options.transcode,
        tls: targetTlsOf(options),
      };
};

const listTargets = (): Command =>
  new Command('list')
    .description('lists the targets in force')
    .addHelpText('after', '\nExample:\n  waystation target list')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const { document } = await api.control<ConfigurationInForce>('GET', 'api/configuration');
      const { placeOfTarget } = await import('@waystation/events');
      output.list(
        document.targets,
        {
          NAME: ({ name }) => name,
          KIND: ({ kind }) => kind,
          WHERE: placeOfTarget,
          ATTEMPTS: ({ retry }) => retry.attempts,
        },
        'no targets yet; add one: waystation target add --help',
      );
    });

const removeTarget = (): Command =>
  removePart({
    kind: 'target',
    description: 'takes a target out; refused while rules name it',
    example: 'pacs --reason "moved to the new archive"',
  });
