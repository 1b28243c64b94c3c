import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackDebianPackages } from '../services/debian-packages.js';

const run = promisify(execFile);

/** The container engine that the run has brought up, `unix:///…`. */
export const containerEngineUrl = (): string => process.env['WAYSTATION_TEST_CONTAINERS_URL'] ?? '';

/**
 * Makes an image of Debian's static busybox and some scripts, and gives it to the engine.
 *
 * @param name `name:tag`
 * @param files by path in the image; all can be executed
 * @param changes instructions of a Dockerfile, such as `CMD ["/app/run.sh"]`
 * @returns its whole name
 */
export async function buildBusyboxImage(
  name: string,
  files: Readonly<Record<string, string>> = {},
  changes: readonly string[] = [],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waystation-image-'));
  try {
    await layOut(folder, files);
    const tar = await run('tar', ['--create', '--owner=0', '--group=0', '.'], {
      cwd: folder,
      encoding: 'buffer',
      maxBuffer: 2 ** 26,
    });
    const query = new URLSearchParams({ fromSrc: '-' });
    for (const change of changes) query.append('changes', change);
    const answer = await post(`/images/create?${query.toString()}`, tar.stdout);
    const id = /sha256:[0-9a-f]{64}/.exec(answer)?.[0];
    if (id === undefined) throw new Error(`the engine did not take the image: ${answer}`);
    const [repository = '', tag = ''] = `localhost/waystation-test/${name}`.split(':');
    await post(`/images/${id}/tag?${new URLSearchParams({ repo: repository, tag }).toString()}`);
    return `${repository}:${tag}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const tree = await unpackDebianPackages({ name: 'busybox', packages: ['busybox-static'] });
  await chmod(folder, 0o755);
  const busybox = join(folder, 'bin/busybox');
  for (const path of ['bin', 'tmp', 'proc', 'sys', 'dev', 'etc']) await mkdir(join(folder, path));
  await chmod(join(folder, 'tmp'), 0o1777);
  await copyFile(join(tree, 'bin/busybox'), busybox);
  const { stdout } = await run(busybox, ['--list']);
  for (const applet of stdout.trim().split('\n')) {
    if (applet !== 'busybox') await symlink('busybox', join(folder, 'bin', applet));
  }
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
    await chmod(join(folder, path), 0o755);
  }
}

function post(path: string, body: Buffer = Buffer.alloc(0)): Promise<string> {
  const socketPath = containerEngineUrl().replace('unix://', '');
  return new Promise((resolve, reject) => {
    const headers = { host: 'engine', 'content-type': 'application/x-tar', 'content-length': body.length };
    const sent = request({ socketPath, method: 'POST', path: `/v1.41${path}`, headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        if ((answer.statusCode ?? 0) < 300) resolve(text);
        else reject(new Error(`the engine answered POST ${path} with ${answer.statusCode}: ${text}`));
      });
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
