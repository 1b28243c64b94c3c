import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { seriesDecider } from './series-decider.js';

const { opened, stored, duplicated, conflicted, completed, storeInstance } = exampleSeries;
const { header, object, sealedIdentity, sopInstanceUid, source } = exampleSeries;

describe('the first object of a series', () => {
  it('opens the series with its header, who sent it included, and is stored', () => {
    given(seriesDecider)
      .when(storeInstance(4))
      .then([
        opened(4, {
          header: { ...header(4), SenderAET: 'CT1', ReceiverAET: 'WAYSTATION', SenderAddress: '10.0.0.7' },
        }),
        stored(4, { headerChanges: {} }),
      ]);
  });

  it('cannot name another sender in its own header', () => {
    given(seriesDecider)
      .when(storeInstance(1, { header: { ...header(1), SenderAET: 'CT2' } }))
      .then([opened(1), stored(1)]);
  });
});

describe('another object', () => {
  it('is stored with the facts that differ from the header of the series', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { header: { ...header(2), SeriesDescription: 'AX 2.0' } }))
      .then([stored(2, { headerChanges: { InstanceNumber: '2', SeriesDescription: 'AX 2.0' } })]);
  });

  it('says which elements of the header it lacks', () => {
    const { SeriesDescription: _left, ...others } = header(2);
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { header: others }))
      .then([stored(2, { headerChanges: { InstanceNumber: '2', SeriesDescription: null } })]);
  });

  it('says which elements it has in addition, empty ones too', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { header: { ...header(2), SliceThickness: '1', ImageComments: '' } }))
      .then([stored(2, { headerChanges: { InstanceNumber: '2', SliceThickness: '1', ImageComments: '' } })]);
  });

  it('says who sent it where that was somebody else', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { source: { ...source, association: 'a-2', callingAeTitle: 'CT2', address: '10.0.0.8' } }))
      .then([
        stored(2, {
          association: 'a-2',
          headerChanges: { InstanceNumber: '2', SenderAET: 'CT2', SenderAddress: '10.0.0.8' },
        }),
      ]);
  });

  it('does not repeat the identity of the series', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { identity: sealedIdentity(1) }))
      .then([stored(2)]);
  });

  it('brings its identity where it is another one', () => {
    const other = sealedIdentity(2);
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { identity: other }))
      .then([stored(2, { identity: other.instanceStored })]);
  });

  it('brings its identity where it is sealed with another key, which may be that of another patient', () => {
    const { seriesOpened, instanceStored } = sealedIdentity(1);
    const key = '0198f2c0-6a11-4c3e-9d55-0242ac120099';
    const identity = { seriesOpened: { ...seriesOpened, key }, instanceStored: { ...instanceStored, key } };
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(2, { identity }))
      .then([stored(2, { identity: identity.instanceStored })]);
  });

  it('is stored with what it does against the standard', () => {
    const warnings = [{ code: 'dicom.element-order', message: 'element (0008,0060) comes behind element (0010,0010)' }];
    given(seriesDecider)
      .when(storeInstance(1, { warnings }))
      .then([opened(1), stored(1, { warnings })])
      .when(storeInstance(2, { warnings: [] }))
      .then([stored(2)]);
  });

  it('that comes late reopens a complete series', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(storeInstance(2))
      .then([stored(2)])
      .thenState({ status: 'receiving' });
  });
});

describe('the same object again', () => {
  it('is recorded and not stored again', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(1))
      .then([duplicated(1)])
      .thenState({ duplicates: 1 });
  });

  it('does not reopen a complete series', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(storeInstance(1))
      .then([duplicated(1)])
      .thenState({ status: 'complete', lastReceivedAt: '2026-01-01T00:00:01.000Z' })
      .thenDue(undefined);
  });
});

describe('a known UID with other bytes', () => {
  it('is kept beside the first object, which stays what travels', () => {
    given(seriesDecider, [opened(), stored(1)])
      .when(storeInstance(1, { hash: 0xbad }))
      .then([conflicted(1, 0xbad)])
      .thenState((state) => {
        expect(state).toMatchObject({ instances: { size: 1 }, conflicts: { size: 1 } });
        expect('instances' in state && state.instances.get(sopInstanceUid(1))?.object).toEqual(object(1));
      });
  });

  it('is a duplicate when the same other bytes come again', () => {
    given(seriesDecider, [opened(), stored(1), conflicted(1, 0xbad)])
      .when(storeInstance(1, { hash: 0xbad }))
      .then([duplicated(1, 0xbad)]);
  });

  it('conflicts once more when yet other bytes come', () => {
    given(seriesDecider, [opened(), stored(1), conflicted(1, 0xbad)])
      .when(storeInstance(1, { hash: 0xbade }))
      .then([conflicted(1, 0xbade)]);
  });

  it('is a duplicate when the first bytes come again after a conflict', () => {
    given(seriesDecider, [opened(), stored(1), conflicted(1, 0xbad)])
      .when(storeInstance(1))
      .then([duplicated(1)]);
  });

  it('does not reopen a complete series', () => {
    given(seriesDecider, [opened(), stored(1), completed(1)])
      .when(storeInstance(1, { hash: 0xbad }))
      .then([conflicted(1, 0xbad)])
      .thenState({ status: 'complete' })
      .thenDue(undefined);
  });
});
