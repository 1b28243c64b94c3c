import { resolve } from 'node:path';
import type { ConfigurationInForce, PublishedConfiguration } from '@waystation/answers';
import type { Sender } from '@waystation/events';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorship, editPath, type Authorship } from './authorship.js';
import { removePart } from './remove-part.js';

interface SenderOptions extends Authorship {
  readonly commonName?: string;
  readonly subjectAltName?: string;
  readonly fingerprint?: string;
  readonly user?: string;
  readonly passcodeFile?: string;
}

/** `waystation sender …` */
export const senderCommand = (): Command =>
  new Command('sender')
    .description('what callers have to show to use their AE title')
    .addCommand(addSender())
    .addCommand(listSenders())
    .addCommand(removeSender());

const addSender = (): Command =>
  authorship(new Command('add'))
    .description('binds an AE title to a certificate or a user, or replaces what it is bound to; holds within a second')
    .argument('<ae-title>', 'calling AE title')
    .option('--common-name <name>', 'Common Name of the certificate that the caller shows over TLS')
    .option('--subject-alt-name <name>', 'Subject Alternative Name of it, with its kind')
    .option('--fingerprint <sha256>', 'SHA-256 of it, in hexadecimal')
    .option('--user <name>', 'user that the caller names (PS3.7 D.3.3.7)')
    .option('--passcode-file <file>', 'file with the passcode of that user, where ingest runs')
    .addHelpText(
      'after',
      `
Examples:
  waystation sender add CT1 --common-name ct1.hospital.example
  waystation sender add CT2 --subject-alt-name DNS:ct2.hospital.example
  waystation sender add US7 --user us7 --passcode-file /run/secrets/us7

Several certificates for one AE title: waystation config publish --help`,
    )
    .action(async (aeTitle: string, options: SenderOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const path = editPath(`senders/${encodeURIComponent(aeTitle)}`, options);
      const { version } = await api.control<PublishedConfiguration>('PUT', path, senderOf(aeTitle, options));
      output.answer({ version, sender: aeTitle }, () => [`sender '${aeTitle}' is in force (configuration ${version})`]);
    });

const senderOf = (aeTitle: string, options: SenderOptions): object => {
  const { commonName, subjectAltName, fingerprint: fingerprint256, user, passcodeFile } = options;
  const match = { commonName, subjectAltName, fingerprint256 };
  const certificates = Object.values(match).some((value) => value !== undefined) ? [match] : [];
  const file = passcodeFile === undefined ? undefined : resolve(passcodeFile);
  const asked = user === undefined && file === undefined ? undefined : { name: user, passcodeFile: file };
  return { aeTitle, certificates, user: asked };
};

/** What a sender has to show, in a few words. */
const demandsOf = ({ certificates, user }: Sender): string => {
  const matches = certificates.map((match) => Object.values(match).join(' and '));
  const demands = [
    ...(matches.length === 0 ? [] : [`a certificate of ${matches.join(', or ')}`]),
    ...(user === undefined ? [] : [`user ${user.name}${user.passcodeFile === undefined ? '' : ' with a passcode'}`]),
  ];
  return demands.join('; ') || 'nothing';
};

const listSenders = (): Command =>
  new Command('list')
    .description('lists the AE titles that need more than their name')
    .addHelpText('after', '\nExample:\n  waystation sender list')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const { document } = await api.control<ConfigurationInForce>('GET', 'api/configuration');
      output.list(
        document.senders,
        { 'AE TITLE': ({ aeTitle }) => aeTitle, SHOWS: demandsOf },
        'no AE title needs more than its name; see: waystation sender add --help',
      );
    });

const removeSender = (): Command =>
  removePart({
    kind: 'sender',
    argument: '<ae-title>',
    description: 'asks no more of an AE title than its name',
    example: 'CT1 --reason "scanner replaced"',
  });
