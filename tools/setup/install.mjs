import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runProgram } from './run-program.mjs';
import { say } from './say.mjs';

const oldestNode = [20, 19];

/** Makes node_modules what package-lock.json says, unless it is that already. */
export async function install() {
  requireNode();
  if (isInstalled()) return;
  say('Installing packages (npm ci), once: about half a minute …');
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm] : ['npm'];
  const code = await runProgram(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error(`npm ci failed with exit code ${code}`);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new Error(`Waystation needs Node ${oldestNode.join('.')} or newer, but this is ${process.version}`);
}

/**
 * npm notes in node_modules what it has installed there; optional packages may be for another platform, and what is linked
 * may have been linked since, as a new processing app is.
 */
function isInstalled() {
  const noted = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const present = packagesOf(noted);
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (!path.includes('node_modules/')) return true;
    if (link) return existsSync(join(root, path));
    const found = present[path];
    return found ? found.version === version : optional === true;
  });
}

const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
