import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityPlace } from '@waystation/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyPlace, keyed } from '../test/key-place.js';
import type { RotatedKey } from './keys/key-rotation.js';

const uids = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4' };
const place = identityPlace.seriesOpened('1.2.3');
const facts = { PatientID: '4711' };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-identity-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('the key-encryption key', () => {
  const settings = (name: string, inDataFolder = true) => ({
    key: { file: join(folder, name), inDataFolder },
    previousKey: undefined,
  });

  it('in the data folder is made at the first start, for its owner alone, and used from then on', async () => {
    await using keys = await KeyPlace.make();
    const made: string[] = [];
    const first = await keys.open(settings('first.key'), (path) => made.push(path));
    const { seriesOpened: sealed } = await first.seal(uids, facts);
    const again = await keys.open(settings('first.key'), (path) => made.push(path));
    expect(made).toEqual([join(folder, 'first.key')]);
    expect((await stat(join(folder, 'first.key'))).mode & 0o777).toBe(0o600);
    expect(await again.open({ sealed, place })).toEqual(facts);
  });

  it('is not made again where something is sealed: another would open nothing', async () => {
    await using keys = await KeyPlace.make();
    await keys.open(settings('lost.key'));
    await rm(join(folder, 'lost.key'));
    await expect(keys.open(settings('lost.key'))).rejects.toMatchObject({
      code: 'identity.unreadable-key',
      message: expect.stringContaining(
        `identity.keyFile (WAYSTATION_IDENTITY_KEY_FILE) ${join(folder, 'lost.key')} cannot be read: ENOENT`,
      ) as unknown,
    });
    await expect(readFile(join(folder, 'lost.key'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that somebody named is never made', async () => {
    await using keys = await KeyPlace.make();
    await expect(keys.open(settings('named.key', false))).rejects.toMatchObject({ code: 'identity.unreadable-key' });
  });

  it('has to be one, and to be there', async () => {
    await using keys = await KeyPlace.make();
    await writeFile(join(folder, 'broken.key'), 'password\n');
    await expect(keys.open(settings('broken.key'))).rejects.toMatchObject({ code: 'identity.invalid-key' });
    await expect(keys.open({ key: undefined, previousKey: undefined })).rejects.toMatchObject({
      code: 'identity.no-key',
      message: expect.stringContaining('identity.keyFile (WAYSTATION_IDENTITY_KEY_FILE)') as unknown,
    });
    expect(await keys.count()).toBe(0);
  });

  it('has to be the one that keys are wrapped by', async () => {
    await using keys = await KeyPlace.make();
    await keys.open(keyed(randomBytes(32)));
    await expect(keys.open(keyed(randomBytes(32)))).rejects.toMatchObject({
      code: 'identity.wrong-key',
      message: expect.stringMatching(
        /wrapped by key [0-9a-f]{16}, and identity\.key \(WAYSTATION_IDENTITY_KEY\) holds key [0-9a-f]{16}.*identity\.previousKeyFile/,
      ) as unknown,
    });
  });
});

describe('a rotation', () => {
  it('wraps every key again, step by step, while others go on, and leaves what is sealed as it is', async () => {
    await using keys = await KeyPlace.make();
    const [old, current] = [randomBytes(32), randomBytes(32)];
    const before = await keys.open(keyed(old));
    const { seriesOpened: sealed } = await before.seal(uids, facts);
    const patient = await before.patients.of({ patientId: '4711', issuer: '' });
    for (let number = 0; number < 700; number++) await before.seal(uids, { PatientID: `other ${number}` });
    const during = await keys.open(keyed(current, old));
    const rotated: RotatedKey[] = [];
    const step = () => during.rotation.step(async (one) => void rotated.push(one));
    const first = await step();
    expect(first).toMatchObject({ rewrapped: 500, remaining: 201 });
    expect(rotated).toEqual([]);
    expect(await during.open({ sealed, place })).toEqual(facts);
    const late = await before.seal(uids, { PatientID: 'late' });
    await expect(keys.open(keyed(current))).rejects.toMatchObject({ code: 'identity.wrong-key' });
    const cutOff = during.rotation.step(() => Promise.reject(new Error('the power went')));
    await expect(cutOff).rejects.toThrow('the power went');
    expect(await step()).toEqual({ key: first.key, rewrapped: 1, remaining: 0 });
    expect(await step()).toEqual({ key: first.key, rewrapped: 0, remaining: 0 });
    expect(rotated).toEqual([{ key: first.key, previous: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown }]);
    const after = await keys.open(keyed(current));
    expect(
      await after.openAll([
        { sealed, place },
        { sealed: late.seriesOpened, place },
      ]),
    ).toEqual([facts, { PatientID: 'late' }]);
    expect(await after.patients.of({ patientId: '4711', issuer: '' })).toEqual(patient);
    expect((await after.seal(uids, facts)).seriesOpened).toEqual(sealed);
    await expect(keys.open(keyed(old))).rejects.toMatchObject({ code: 'identity.wrong-key' });
  });
});
