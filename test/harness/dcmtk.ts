import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Program, run } from './program.js';

/** DCMTK turns Nagle's algorithm off only where it is told to. */
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, TCP_NODELAY: '1' });

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** DCMTK's storescp as a target, writing what it gets bit by bit. */
export const startStorescp = async (folder: string, port: number, ...options: readonly string[]): Promise<Program> => {
  await mkdir(folder, { recursive: true });
  const args = ['-v', '-aet', 'PACS', '+xa', '+B', '+uf', '-od', folder, ...options, String(port)];
  const program = Program.start('storescp', 'storescp', args, environment());
  await waitForPort(program, port);
  return program;
};

const waitForPort = async (program: Program, port: number): Promise<void> => {
  const { connect } = await import('node:net');
  for (let tries = 0; tries < 400 && program.running; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`storescp does not listen on ${port}:\n${program.output}`);
};

/** What a program of DCMTK said, and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program of DCMTK to its end. */
export const dcmtk = async (
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> => {
  const { code, stdout, stderr } = await run(program, args, { env: { ...environment(), ...env } });
  return { code, output: stdout + stderr };
};

/** Sends files; the transfer syntaxes of the files are proposed as they are. */
export const storescu = async (
  port: number,
  files: readonly string[],
  ...options: readonly string[]
): Promise<Outcome> => {
  const args = ['-v', '-R', '-aet', 'SCANNER', '-aec', 'WAYSTATION', ...options, '127.0.0.1', String(port), ...files];
  return dcmtk('storescu', args);
};

/** Verifies that a DICOM node answers. */
export const echoscu = async (port: number, ...options: readonly string[]): Promise<number | null> =>
  (await dcmtk('echoscu', ['-aec', 'WAYSTATION', ...options, '127.0.0.1', String(port)])).code;

/** The files under a folder. */
export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name));

/** The data set of a Part 10 file: what is behind the file meta information (PS3.10 7.1), however it begins. */
export const dataSetOf = (file: Buffer): Buffer => {
  if (file.toString('latin1', 128, 132) !== 'DICM') return file;
  let offset = 132;
  let end = file.length;
  while (offset + 12 <= end && file.readUInt16LE(offset) === 0x0002) {
    const isGroupLength = file.readUInt16LE(offset + 2) === 0x0000;
    if (isGroupLength) end = Math.min(end, offset + 12 + file.readUInt32LE(offset + 8));
    const long = ['OB', 'OW', 'UN', 'SQ', 'UT'].includes(file.toString('latin1', offset + 4, offset + 6));
    offset += long ? 12 + file.readUInt32LE(offset + 8) : 8 + file.readUInt16LE(offset + 6);
  }
  return file.subarray(offset);
};

/** SHA-256 of the data set of every file under a folder, sorted: equal where the same objects are there, bit by bit. */
export const dataSetsUnder = (folder: string): readonly string[] =>
  dataSetHashes(filesUnder(folder).map((path) => readFileSync(path)));

/** The same for files in memory. */
export const dataSetHashes = (files: readonly Buffer[]): readonly string[] =>
  files.map((file) => createHash('sha256').update(dataSetOf(file)).digest('hex')).sort();
