import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { cleanEnvironment, entryOf, repository } from './repository.js';
import { Program } from './program.js';
import { Waystation } from './waystation.js';

/** A Waystation as `npm start` runs it, on ports and a data folder of its own. */
export interface Standalone {
  readonly program: Program;
  /** NaN where there is none. */
  readonly dicomPort: number;
  /** Over TLS; NaN where there is none. */
  readonly tlsPort: number;
  readonly waystation: Waystation;
  readonly dataFolder: string;
}

/** A folder that nobody else uses. */
export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'waystation-'));

/** Removes a folder of the tests. */
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Starts a program on the embedded default without waiting for it. @param from where the repository is */
export const launchStandalone = (dataFolder: string, env: NodeJS.ProcessEnv = {}, from = repository): Program =>
  Program.start(
    'waystation',
    process.execPath,
    [join(from, relative(repository, entryOf('standalone')))],
    {
      ...cleanEnvironment(),
      WAYSTATION_DATA: dataFolder,
      WAYSTATION_DICOM_PORT: '0',
      WAYSTATION_HTTP_PORT: '0',
      ...env,
    },
    from,
  );

/** Starts and waits until it is ready. @param from where the repository is */
export const startStandalone = async (
  dataFolder: string,
  env: NodeJS.ProcessEnv = {},
  from = repository,
): Promise<Standalone> => {
  const program = launchStandalone(dataFolder, env, from);
  const [, url = ''] = await program.says(/HTTP\s+(http:\S+)\/api\/docs/);
  await program.says(/Ctrl-C drains/);
  const port = (pattern: RegExp): number => Number(pattern.exec(program.output)?.[1]);
  const dicomPort = port(/DICOM\s+\S+:(\d+), called AE title/);
  const tlsPort = port(/DICOM\s+\S+:(\d+) over TLS, called AE title/);
  return { program, dicomPort, tlsPort, waystation: new Waystation(url), dataFolder };
};

/** The embedded Postgres of a running Waystation, for looks behind the scenes. */
export const databaseUrlOf = async (dataFolder: string): Promise<string> => {
  const cluster = join(dataFolder, 'postgres');
  const [password, pid] = await Promise.all(
    ['waystation-password', 'postmaster.pid'].map((name) => readFile(join(cluster, name), 'utf8')),
  );
  return `postgres://waystation:${password}@127.0.0.1:${pid?.split('\n')[3]}/waystation`;
};
