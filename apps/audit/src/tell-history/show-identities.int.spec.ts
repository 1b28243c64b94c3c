import { identityPlace, type Facts, type Identity } from '@waystation/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { showIdentities, whoItIs } from './show-identities.js';

const uids = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4' };
const jane: Facts = { PatientName: 'Doe^Jane', PatientID: '4711' };
let audited: AuditedLog;
let ofSeries: Identity;
let ofInstance: Identity;

beforeEach(async () => {
  audited = await auditedLog();
  const sealed = await audited.identities.seal(uids, jane);
  ofSeries = sealed.seriesOpened;
  ofInstance = sealed.instanceStored;
});
afterEach(() => audited[Symbol.asyncDispose]());

const story = () => [
  { subject: 'series/1.2.3', data: { seriesInstanceUid: '1.2.3', identity: ofSeries } },
  { subject: 'series/1.2.3', data: { sopInstanceUid: '1.2.3.4', identity: ofInstance } },
  { subject: 'association/1', data: { identity: 'no patient' } },
];

describe('who a patient is', () => {
  it('is open in the events of a story, and what goes in stays as it is', async () => {
    const told = story();
    const shown = await showIdentities(audited.identities, told);
    expect(shown.map(({ data }) => data.identity)).toEqual([jane, jane, 'no patient']);
    expect(told).toEqual(story());
  });

  it('is open in a state, for the series and for an instance that came with another patient', async () => {
    const instances = { '1.2.3.4': { sopInstanceUid: '1.2.3.4', identity: ofInstance } };
    const state = { seriesInstanceUid: '1.2.3', identity: ofSeries, instances };
    expect(await showIdentities(audited.identities, state)).toEqual({
      seriesInstanceUid: '1.2.3',
      identity: jane,
      instances: { '1.2.3.4': { sopInstanceUid: '1.2.3.4', identity: jane } },
    });
  });

  it('is open with what a job found, in its events and in its state', async () => {
    const patient = { studyInstanceUid: '1.2', identity: jane };
    const found = { instances: '3' };
    const findings = await audited.identities.sealAt(identityPlace.jobFindings('abc', 2), patient, found);
    const place = identityPlace.instanceDerived('abc', 2, '1.2.3.4');
    const derived = {
      attempt: 2,
      sopInstanceUid: '1.2.3.4',
      identity: await audited.identities.sealAt(place, patient, jane),
    };
    const event = { subject: 'job/abc', data: { attempt: 2, findings } };
    const state = { request: { job: 'abc' }, derived: { a: derived }, successes: [{ attempt: 2, findings }] };
    expect(await showIdentities(audited.identities, [event, state])).toEqual([
      { subject: 'job/abc', data: { attempt: 2, findings: found } },
      {
        request: { job: 'abc' },
        derived: { a: { ...derived, identity: jane } },
        successes: [{ attempt: 2, findings: found }],
      },
    ]);
    const moved = { subject: 'job/abc', data: { attempt: 1, findings } };
    expect(await showIdentities(audited.identities, moved)).toMatchObject({ data: { findings: '(damaged)' } });
  });

  it('is told to be damaged where it was moved', async () => {
    const moved = { subject: 'series/1.2.9', data: { identity: ofSeries } };
    expect(await showIdentities(audited.identities, moved)).toMatchObject({ data: { identity: '(damaged)' } });
  });

  it('is told to be forgotten once it is', async () => {
    await audited.identities.erasure.destroy([ofSeries.key]);
    const shown = await showIdentities(audited.identities, story());
    expect(shown.map(({ data }) => data.identity)).toEqual(['(forgotten)', '(forgotten)', 'no patient']);
    const placed = { sealed: ofSeries, place: identityPlace.seriesOpened('1.2.3') };
    expect(await audited.identities.open(placed)).toBeUndefined();
  });
});

it.each([
  [jane, 'Doe^Jane (4711)'],
  [{ PatientName: 'Doe^Jane' }, 'Doe^Jane'],
  [{ PatientID: '4711' }, '(4711)'],
  [{ AccessionNumber: 'A1' }, '(not said)'],
  ['(forgotten)' as const, '(forgotten)'],
])('%j is written as %s', (identity, text) => {
  expect(whoItIs(identity)).toBe(text);
});
