import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { progress } from './progress.js';
import { temporaryFolder } from './reaper.js';

const run = promisify(execFile);

export interface DebianTree {
  /** Names the folder and the progress lines. */
  readonly name: string;
  /** These are unpacked even when this machine has them; of what they need, only libraries it lacks. */
  readonly packages: readonly string[];
  /** Changes the unpacked tree, which will live at `root`, before anyone sees it. */
  readonly adapt?: (tree: string, root: string) => Promise<void>;
}

/**
 * Debian packages, downloaded and unpacked as the present user into a private cache, touching nothing of the system. A tree
 * appears whole or not at all, so runs at the same time at worst do the work twice.
 *
 * @returns the root of the tree
 */
export async function unpackDebianPackages(tree: DebianTree): Promise<string> {
  const root = await placeOf(tree);
  if (existsSync(root)) return root;
  const missing = ['apt-get', 'dpkg'].filter((tool) => !isOnPath(tool));
  if (missing.length > 0) throw new Error(`this machine has no ${missing.join(' and no ')}`);
  await mkdir(dirname(root), { recursive: true });
  const workshop = await mkdtemp(`${root}.`);
  try {
    await download(tree, workshop);
    const unpacked = await unpack(workshop);
    await tree.adapt?.(unpacked, root);
    await rename(unpacked, root).catch((error: unknown) => {
      if (!existsSync(root)) throw error;
    });
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return root;
}

export const isOnPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));

async function placeOf({ name, packages }: DebianTree): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const digest = createHash('sha256').update(JSON.stringify([packages, release, process.arch]));
  return join(cache, 'waystation', `${name}-${digest.digest('hex').slice(0, 12)}`);
}

async function download({ name, packages }: DebianTree, workshop: string): Promise<void> {
  progress(`${name}: looking for Debian packages (once; kept in ${dirname(workshop)})`);
  const env = { ...process.env, LC_ALL: 'C', APT_CONFIG: await privateApt() };
  const plan = await run('apt-get', ['install', '--simulate', '--no-install-recommends', ...packages], { env });
  const lacking = [...plan.stdout.matchAll(/^Inst (lib\S+)/gm)].flatMap(([, library]) => library ?? []);
  const wanted = [...new Set([...packages, ...lacking])];
  progress(`${name}: downloading ${wanted.length} packages`);
  await run('apt-get', ['download', ...wanted], { env, cwd: workshop, maxBuffer: 2 ** 26 });
}

let aptConfiguration: Promise<string> | undefined;

/** An apt whose lists, locks and cache are ours, up to date; the sources and keys stay the system's. */
const privateApt = async (): Promise<string> => (aptConfiguration ??= updateApt());

async function updateApt(): Promise<string> {
  const folder = await temporaryFolder('apt');
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(folder, 'archives/partial'), { recursive: true });
  const path = join(folder, 'apt.conf');
  await writeFile(
    path,
    `Dir::State "${folder}"; Dir::State::status "/var/lib/dpkg/status"; Dir::Cache "${folder}";
     Debug::NoLocking "1"; APT::Sandbox::User ""; Acquire::Languages "none"; Acquire::Retries "3";`,
  );
  await run('apt-get', ['update'], { env: { ...process.env, APT_CONFIG: path } });
  return path;
}

async function unpack(workshop: string): Promise<string> {
  const tree = join(workshop, 'tree');
  const archives = (await readdir(workshop)).filter((name) => name.endsWith('.deb'));
  for (const archive of archives) await run('dpkg', ['-x', join(workshop, archive), tree]);
  return tree;
}
