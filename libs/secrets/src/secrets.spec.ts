import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secrets } from './secrets.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-secrets-'));
});
afterAll(() => rm(folder, { recursive: true }));

const secrets = new Secrets({
  environment: { SMTP_PASSWORD: 'hush', EMPTY: '', WAYSTATION_API_TOKEN: 'hush' },
  vault: undefined,
});
const unavailable = (sentence: string): unknown =>
  expect.objectContaining({ code: 'secret.unavailable', message: sentence });

describe('a secret', () => {
  it('is what a variable holds', async () => {
    expect(await secrets.of({ environment: 'SMTP_PASSWORD' })).toBe('hush');
  });

  it.each([
    ['hush\n', 'hush'],
    ['hush\r\n', 'hush'],
    ['hush', 'hush'],
    [' hu sh \n\n', ' hu sh \n'],
  ])('is what a file holds, %j, without its last line end', async (content, expected) => {
    const file = join(folder, 'secret');
    await writeFile(file, content);
    expect(await secrets.of({ file })).toBe(expected);
  });

  it('is read anew each time', async () => {
    const file = join(folder, 'changing');
    await writeFile(file, 'old');
    expect(await secrets.of({ file })).toBe('old');
    await writeFile(file, 'new');
    expect(await secrets.of({ file })).toBe('new');
  });

  it.each([
    [{ environment: 'NOWHERE' }, 'the variable NOWHERE cannot be read: it is not set where this service runs'],
    [{ environment: 'EMPTY' }, 'the variable EMPTY cannot be read: it is empty'],
    [
      { environment: 'WAYSTATION_API_TOKEN' },
      'the variable WAYSTATION_API_TOKEN cannot be read: settings of Waystation are no secrets of a configuration',
    ],
    [
      { vault: 'secret/data/waystation#password' },
      'the secret secret/data/waystation#password of Vault cannot be read: no Vault is set up; see WAYSTATION_VAULT_ADDRESS',
    ],
  ])('that is not there is named: %j', async (reference, sentence) => {
    await expect(secrets.of(reference)).rejects.toThrow(unavailable(sentence) as Error);
  });

  it('that has no file is named with its path', async () => {
    const file = join(folder, 'absent');
    const sentence = expect.stringMatching(/^the file .*absent cannot be read: ENOENT/) as string;
    await expect(secrets.of({ file })).rejects.toThrow(unavailable(sentence) as Error);
  });

  it('is no file of any length', async () => {
    const file = join(folder, 'long');
    await writeFile(file, 'x'.repeat(65_537));
    await expect(secrets.of({ file })).rejects.toThrow('it has more than 65536 bytes');
  });
});
