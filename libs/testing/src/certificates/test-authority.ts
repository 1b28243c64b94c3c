import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const openssl = async (folder: string, args: readonly string[]): Promise<void> => {
  try {
    await run('openssl', args, { cwd: folder });
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing ? new Error('openssl is not there: tests make their certificates with it') : error;
  }
};

/** A certificate and its key, as files for DCMTK and as text for Node. */
export interface TestCertificate {
  readonly certificatePath: string;
  readonly keyPath: string;
  readonly certificate: string;
  readonly key: string;
}

/** An authority that lives as long as a test file, in a folder of its own. */
export class TestAuthority {
  private constructor(
    private readonly folder: string,
    readonly path: string,
    readonly pem: string,
  ) {}

  static async create(): Promise<TestAuthority> {
    const folder = await mkdtemp(join(tmpdir(), 'waystation-ca-'));
    await openssl(folder, [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=Test Authority'],
      ...['-keyout', 'ca.key', '-out', 'ca.pem'],
    ]);
    const path = join(folder, 'ca.pem');
    return new TestAuthority(folder, path, await readFile(path, 'utf8'));
  }

  /** @param days for how long it is valid from now on; negative where it has expired so long ago */
  async issue(name: string, subjectAltName = 'IP:127.0.0.1,DNS:localhost', days = 2): Promise<TestCertificate> {
    const { folder } = this;
    await writeFile(join(folder, `${name}.ext`), `subjectAltName=${subjectAltName}`);
    await openssl(folder, [
      ...['req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/O=Test Hospital/CN=${name}`],
      ...['-keyout', `${name}.key`, '-out', `${name}.csr`],
    ]);
    await openssl(folder, [
      ...['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'],
      ...['-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`],
    ]);
    const [certificatePath, keyPath] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
    return {
      certificatePath,
      keyPath,
      certificate: await readFile(certificatePath, 'utf8'),
      key: await readFile(keyPath, 'utf8'),
    };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}
