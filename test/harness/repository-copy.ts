import { cp, mkdir, mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { repository } from './repository.js';

/** What an app is made of and made in. */
const copied = ['apps', 'libs', 'tools', 'deploy', 'docs'];

/** The repository as a developer has it who changes it: what is done to it changes nothing here. */
export class RepositoryCopy implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  static async make(): Promise<RepositoryCopy> {
    const folder = await mkdtemp(join(tmpdir(), 'waystation-copy-'));
    const files = (await readdir(repository, { withFileTypes: true })).filter((entry) => entry.isFile());
    // With their times: what is built is then known to be so.
    for (const name of [...copied, ...files.map(({ name }) => name)])
      await cp(join(repository, name), join(folder, name), { recursive: true, preserveTimestamps: true });
    await linkPackages(join(repository, 'node_modules'), join(folder, 'node_modules'));
    return new RepositoryCopy(folder);
  }

  /** Runs a program of the repository. @returns what it says; what it says of a failure is in the error */
  async run(program: string, ...args: readonly string[]): Promise<string> {
    const env = { ...process.env, NX_DAEMON: 'false', WAYSTATION_TEST_SERVICES: 'none', NO_COLOR: '1' };
    const options = { cwd: this.folder, env, maxBuffer: 16 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)(program, [...args], options).catch((error: unknown) => {
      const { stdout: said = '', stderr = '' } = error as { stdout?: string; stderr?: string };
      throw new Error(`${program} ${args.join(' ')} failed\n${said}\n${stderr}`, { cause: error });
    });
    return stdout;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Packages of others are those of the repository; ours are those of the copy. */
const linkPackages = async (from: string, to: string): Promise<void> => {
  await mkdir(join(to, '@waystation'), { recursive: true });
  for (const name of await readdir(from))
    if (name !== '@waystation' && !name.startsWith('.vite')) await symlink(join(from, name), join(to, name));
  for (const name of await readdir(join(from, '@waystation')))
    await symlink(await readlink(join(from, '@waystation', name)), join(to, '@waystation', name));
};
