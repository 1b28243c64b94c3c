import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readSigningKey } from './read-signing-key.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-key-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('reads the key that a setting names, if it names one', async () => {
  const path = join(folder, 'seal.pem');
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect((await readSigningKey(path))?.publicKey).toMatch(/^MCowBQYDK2VwAyEA/);
  expect(await readSigningKey(undefined)).toBeUndefined();
});

it('names the setting and the file that holds no such key', async () => {
  const path = join(folder, 'nothing.pem');
  const wrong = expect.objectContaining({ code: 'audit.signing-key-invalid' }) as Error;
  await expect(readSigningKey(path)).rejects.toEqual(wrong);
  await writeFile(path, 'nothing');
  await expect(readSigningKey(path)).rejects.toThrow(
    /^seal\.keyFile \(WAYSTATION_SEAL_KEY_FILE\) is .*nothing\.pem: the private key/,
  );
});
