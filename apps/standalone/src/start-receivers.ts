import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Settings } from '@waystation/configuration';
import { isReceiverReady, type ListeningOn } from '@waystation/ingest';
import { CodedError } from '@waystation/kernel';

/** Receivers that run in processes of their own. */
export interface Receivers {
  readonly dicom: ListeningOn;
  /** Settles when they are gone, whoever ended them. */
  readonly ended: Promise<void>;
  /** Drains and stops them. */
  close(): Promise<void>;
}

/** Starts the receivers outside this process, on the database of this one; resolves when DICOM listens. */
export const startReceivers = async (settings: Settings, databaseUrl: string): Promise<Receivers> => {
  const entry = new URL('main.js', import.meta.resolve('@waystation/ingest'));
  const child = fork(fileURLToPath(entry), [], {
    execArgv: ['--enable-source-maps'],
    // A Ctrl-C reaches the whole process group; the receivers are to stop when we say so, after what they gave is done.
    detached: true,
    env: {
      ...process.env,
      WAYSTATION_DATABASE_URL: databaseUrl,
      WAYSTATION_DATA: settings.dataFolder,
      ...identityKeyOf(settings),
      WAYSTATION_HTTP_HOST: '127.0.0.1',
      WAYSTATION_HTTP_PORT: '0',
    },
  });
  const ended = once(child, 'exit').then(() => undefined);
  const dicom = await untilReady(child);
  return {
    dicom,
    ended,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** The key that is ours by default: theirs is no embedded database, so they would not look for it. */
const identityKeyOf = ({ identity: { key } }: Settings): NodeJS.ProcessEnv =>
  key !== undefined && 'file' in key && key.inDataFolder ? { WAYSTATION_IDENTITY_KEY_FILE: key.file } : {};

const untilReady = (child: ChildProcess): Promise<ListeningOn> =>
  new Promise((resolve, reject) => {
    child.on('message', (message) => {
      if (isReceiverReady(message)) resolve({ port: message.port, tlsPort: message.tlsPort });
    });
    child.once('exit', () =>
      reject(new CodedError('standalone.no-receivers', 'the receivers did not start; see above')),
    );
    child.once('error', reject);
  });
