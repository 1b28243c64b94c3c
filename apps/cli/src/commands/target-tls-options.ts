import { resolve } from 'node:path';
import { Option, type Command } from 'commander';

/** What the command line says of a target's TLS. */
export interface TargetTlsOptions {
  readonly tls?: boolean;
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly keyPassphraseFile?: string;
  readonly serverName?: string;
  readonly verify?: string;
  readonly fingerprint?: string;
}

/** Options of a target that is called over TLS. */
export const targetTlsOptions = (command: Command): Command =>
  command
    .option('--tls', 'dicom: call it over TLS; any of the following says so too. Files are where dispatch runs')
    .option('--ca-file <pem>', 'authorities that its certificate has to lead to (default the public ones)')
    .option('--certificate-file <pem>', 'certificate to show it')
    .option('--key-file <pem>', 'private key of that certificate')
    .option('--key-passphrase-file <file>', 'passphrase of that key')
    .option('--server-name <name>', 'name that its certificate has to be for (default its host)')
    .addOption(new Option('--verify <what>', 'what its certificate has to prove').choices(['name', 'chain', 'none']))
    .option('--fingerprint <sha256>', 'the one certificate that is accepted, in hexadecimal');

/** The TLS of a target; undefined where no option asks for it. */
export const targetTlsOf = (options: TargetTlsOptions): object | undefined => {
  const { tls, serverName, verify, fingerprint } = options;
  const path = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(file));
  const asked = {
    caFile: path(options.caFile),
    certificateFile: path(options.certificateFile),
    keyFile: path(options.keyFile),
    keyPassphraseFile: path(options.keyPassphraseFile),
    serverName,
    verify,
    fingerprint256: fingerprint,
  };
  return tls === true || Object.values(asked).some((value) => value !== undefined) ? asked : undefined;
};
