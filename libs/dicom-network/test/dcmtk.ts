import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { delimiter, join } from 'node:path';

type Tool = 'storescu' | 'storescp' | 'echoscu' | 'dcmsend';

const findTool = (tool: Tool): string => {
  const paths = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, tool));
  const found = [...paths, join('/usr/bin', tool)].find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${tool} is not there: these tests need DCMTK (package dcmtk)`);
  return found;
};

/** Starts a program of DCMTK. Its answers are sent at once: DCMTK leaves Nagle's algorithm on otherwise. */
export const startDcmtk = (tool: Tool, args: readonly string[]): ChildProcess =>
  spawn(findTool(tool), args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TCP_NODELAY: '1' } });

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program of DCMTK to its end. */
export const runDcmtk = (tool: Tool, args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const child = startDcmtk(tool, args);
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });

/** A port of the loopback interface that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').resume();
    socket.on('connect', () => socket.end());
    socket.on('close', (failed) => resolve(!failed));
    socket.on('error', () => undefined);
  });

/** A `storescp` that keeps what it receives bit by bit. */
export const startStorescp = async (folder: string, args: readonly string[] = []) => {
  const port = await freePort();
  const child = startDcmtk('storescp', ['+B', '+xa', '-pm', '-od', folder, ...args, String(port)]);
  const exited = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
