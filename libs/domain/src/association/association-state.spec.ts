import {
  AssociationAborted,
  AssociationAccepted,
  AssociationLost,
  AssociationRejected,
  AssociationReleased,
  InstanceQuarantined,
  InstanceRefused,
} from '@waystation/events';
import { exampleSeries, recordedInOrder } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { evolveAssociation, unknownAssociation, type AssociationEvent } from './association-state.js';

const who = { callingAeTitle: 'CT1', calledAeTitle: 'WAYSTATION', address: '10.0.0.7' };
const accepted = AssociationAccepted.of({
  ...who,
  tls: null,
  user: null,
  implementationClassUid: '1.2.3',
  implementationVersionName: 'SCANNER',
  maximumLength: 16_384,
  contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntax: '1.2.840.10008.1.2' }],
});
const tally = { stored: 1, duplicated: 0, conflicted: 0, quarantined: 1, refused: 1, bytes: 512, durationMs: 90 };
const quarantined = (number: number) =>
  InstanceQuarantined.of({
    sopClassUid: '1.2.3',
    sopInstanceUid: exampleSeries.sopInstanceUid(number),
    transferSyntaxUid: '1.2.840.10008.1.2',
    object: exampleSeries.object(number),
    status: 0xc000,
    code: 'dicom.truncated',
    reason: `image ${number} is cut off`,
  });
const refused = InstanceRefused.of({
  sopInstanceUid: exampleSeries.sopInstanceUid(3),
  status: 0xa700,
  code: 'object-store.full',
  reason: 'the object store is full',
});

const after = (...events: readonly AssociationEvent[]) =>
  recordedInOrder(events).reduce((state, event) => evolveAssociation(state, event), unknownAssociation);

describe('an association', () => {
  it('is open once it was accepted, and knows who is at the other end', () => {
    expect(after(accepted)).toEqual({ status: 'open', ...who, quarantined: [], refused: 0 });
  });

  it('is released in order', () => {
    expect(after(accepted, AssociationReleased.of(tally))).toMatchObject({ status: 'released', ...who });
  });

  it('says who broke it off and why', () => {
    const aborted = AssociationAborted.of({ by: 'peer', reason: 'reason not specified', tally });
    expect(after(accepted, aborted)).toMatchObject({ status: 'aborted', reason: 'peer: reason not specified', ...who });
  });

  it('is lost where its receiver is', () => {
    const taken = AssociationAccepted.of({ ...accepted.data, receiver: '9b1c5e0a77d2' });
    expect(after(taken)).toMatchObject({ status: 'open', receiver: '9b1c5e0a77d2' });
    const lost = AssociationLost.of({ receiver: '9b1c5e0a77d2' });
    expect(after(taken, lost)).toMatchObject({ status: 'lost', reason: 'its receiver is gone', ...who });
  });

  it('says why it was rejected', () => {
    const rejected = AssociationRejected.of({
      ...who,
      tls: null,
      reason: "called AE title 'WAYSTATION' not recognized",
    });
    expect(after(rejected)).toEqual({
      status: 'rejected',
      ...who,
      reason: "called AE title 'WAYSTATION' not recognized",
      quarantined: [],
      refused: 0,
    });
  });

  it('lists the objects that were kept aside, in order, and counts those that were refused', () => {
    expect(after(accepted, quarantined(1), refused, quarantined(2), refused)).toMatchObject({
      status: 'open',
      refused: 2,
      quarantined: [1, 2].map((number) => ({
        sopInstanceUid: exampleSeries.sopInstanceUid(number),
        key: exampleSeries.object(number).key,
        reason: `image ${number} is cut off`,
      })),
    });
  });
});
