import { randomBytes } from 'node:crypto';
import type { PlacedIdentity } from '@waystation/domain';
import { identityPlace, type Facts } from '@waystation/events';
import { describe, expect, it } from 'vitest';
import { KeyPlace, keyed } from '../test/key-place.js';
import type { Identities } from './identities.js';

const jane: Facts = { PatientName: 'Doe^Jane', PatientID: '4711', IssuerOfPatientID: 'HOSP' };
const uids = (number: number) => ({
  studyInstanceUid: '1.2',
  seriesInstanceUid: `1.2.${number}`,
  sopInstanceUid: `1.2.${number}.1`,
});
const seal = async (identities: Identities, facts: Facts, number = 1): Promise<PlacedIdentity> => ({
  sealed: (await identities.seal(uids(number), facts)).seriesOpened,
  place: identityPlace.seriesOpened(`1.2.${number}`),
});

describe('identities', () => {
  it('are sealed by one process and opened by another', async () => {
    await using place = await KeyPlace.make();
    const settings = keyed(randomBytes(32));
    const [ingest, audit] = [await place.open(settings), await place.open(settings)];
    const placed = await seal(ingest, jane);
    expect(await audit.open(placed)).toEqual(jane);
    expect(await ingest.open(placed)).toEqual(jane);
  });

  it('are sealed for any place with the key of the patient', async () => {
    await using place = await KeyPlace.make();
    const identities = await place.open();
    const { sealed } = await seal(identities, jane);
    const findings = await identities.sealAt('somewhere', { studyInstanceUid: '1.2', identity: jane }, { score: '3' });
    expect(findings.key).toBe(sealed.key);
    expect(await identities.open({ sealed: findings, place: 'somewhere' })).toEqual({ score: '3' });
  });

  it('have one key per patient, whoever comes first', async () => {
    await using place = await KeyPlace.make();
    const settings = keyed(randomBytes(32));
    const processes = await Promise.all([1, 2, 3, 4].map(() => place.open(settings)));
    const sealed = await Promise.all(
      processes.flatMap((each, index) => [seal(each, jane, index), seal(each, jane, index + 4)]),
    );
    expect(new Set(sealed.map(({ sealed: { key } }) => key)).size).toBe(1);
    await Promise.all([
      seal(processes[0] as Identities, { ...jane, PatientName: 'Roe^Jane' }, 9),
      seal(processes[1] as Identities, { ...jane, IssuerOfPatientID: 'ELSEWHERE' }, 9),
      seal(processes[2] as Identities, { PatientName: 'Nobody' }, 9),
    ]);
    expect(await place.count()).toBe(3);
  });

  it('that are forgotten open for nobody, and sealing goes on with another key', async () => {
    await using place = await KeyPlace.make();
    const settings = keyed(randomBytes(32));
    const [ingest, control] = [await place.open(settings), await place.open(settings)];
    const placed = await seal(ingest, jane);
    const other = await seal(ingest, { PatientID: '4712' }, 2);
    expect(await ingest.openAll([placed, other])).toEqual([jane, { PatientID: '4712' }]);
    const { keys } = await control.patients.of({ patientId: '4711', issuer: 'HOSP' });
    expect(keys).toEqual([placed.sealed.key]);
    await control.erasure.destroy(keys);
    await control.erasure.destroy(keys);
    expect(await control.openAll([placed, other])).toEqual(['forgotten', { PatientID: '4712' }]);
    expect(await ingest.open(placed)).toBeUndefined();
    const again = await seal(ingest, jane);
    expect(again.sealed.key).not.toBe(placed.sealed.key);
    expect(await control.openAll([again, placed])).toEqual([jane, 'forgotten']);
  });

  it('are not sealed with a key that is being destroyed', async () => {
    await using place = await KeyPlace.make();
    const settings = keyed(randomBytes(32));
    const [ingest, control] = [await place.open(settings), await place.open(settings)];
    const first = await seal(ingest, jane);
    let isDone = false;
    const destroying = control.erasure.destroy([first.sealed.key]).finally(() => {
      isDone = true;
    });
    const sealed: PlacedIdentity[] = [];
    while (!isDone) {
      sealed.push(await seal(ingest, jane));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await destroying;
    const last = sealed.slice(-5);
    expect((await control.openAll(last)).every((facts) => typeof facts === 'object')).toBe(true);
  });

  it('are found by Patient ID with any issuer, and by nothing that is close to it', async () => {
    await using place = await KeyPlace.make();
    const identities = await place.open();
    await seal(identities, jane);
    await seal(identities, { PatientID: '4711' }, 2);
    await seal(identities, { PatientID: '47110' }, 3);
    const keysOf = async (patientId: string) =>
      (await identities.patients.ofAnyIssuer(patientId)).map(({ keys }) => keys.length);
    expect(await keysOf('4711')).toEqual([1, 1]);
    expect(await keysOf('471')).toEqual([0]);
    expect((await identities.patients.of({ patientId: '4711', issuer: '' })).keys).toHaveLength(1);
  });

  it('say that they were changed or moved', async () => {
    await using place = await KeyPlace.make();
    const identities = await place.open();
    const { sealed } = await seal(identities, jane);
    const moved = { sealed, place: identityPlace.seriesOpened('1.2.99') };
    expect(await identities.openAll([moved])).toEqual(['damaged']);
    await expect(identities.open(moved)).rejects.toMatchObject({ code: 'identity.damaged' });
  });
});

describe('the database', () => {
  it('holds neither a key nor a patient in clear, and lets services destroy keys', async () => {
    await using place = await KeyPlace.make();
    const key = randomBytes(32);
    await seal(await place.open(keyed(key)), jane);
    const { rows } = await place.admin.query(
      'select d.*, s.wrapped as secret from identity.data_key d, identity.secret s',
    );
    const text =
      JSON.stringify(rows) +
      JSON.stringify(rows, (_name, value: unknown) => (Buffer.isBuffer(value) ? value.toString('latin1') : value));
    expect(rows).toHaveLength(1);
    expect(text).not.toMatch(/Doe|Jane|4711|HOSP/);
    expect(text).not.toContain(key.toString('base64'));
    await place.admin.query('set role waystation_app');
    await place.admin.query('delete from identity.data_key');
    await expect(place.admin.query('drop table identity.data_key')).rejects.toMatchObject({ code: '42501' });
  });
});
