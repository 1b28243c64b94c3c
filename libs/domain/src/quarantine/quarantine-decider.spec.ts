import { InstanceReinjected, ReinjectionRefused, ReinjectionRequested } from '@waystation/events';
import { exampleSeries, given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { quarantineDecider, reinjectObjectsQueue, type QuarantineCommand } from './quarantine-decider.js';

const request: ReinjectionRequested['data'] = {
  quarantined: 17,
  source: { association: 'a-1', callingAeTitle: 'CT1', calledAeTitle: 'WAYSTATION', address: '10.0.0.7' },
  sopClassUid: '1.2.3',
  sopInstanceUid: exampleSeries.sopInstanceUid(9),
  uidsFrom: 'data-set',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  object: exampleSeries.object(1),
  author: 'r.huber',
  reason: 'the scanner mixed them up',
};
const instance: InstanceReinjected['data'] = {
  studyInstanceUid: exampleSeries.studyInstanceUid,
  seriesInstanceUid: exampleSeries.seriesInstanceUid,
  sopInstanceUid: exampleSeries.sopInstanceUid(1),
  outcome: 'stored',
};
const refusal = { code: 'dicom.truncated', reason: 'it ends in the middle' };
const ask: QuarantineCommand = { kind: 'request-reinjection', request };
const note = (requestedBy: number): QuarantineCommand => ({ kind: 'note-reinjected', requestedBy, instance });
const refuse = (requestedBy: number): QuarantineCommand => ({ kind: 'refuse-reinjection', requestedBy, ...refusal });
const requested = ReinjectionRequested.of(request);

describe('an object in quarantine', () => {
  it('is asked for, and is due at once', () => {
    given(quarantineDecider)
      .when(ask)
      .then([requested])
      .thenState({ status: 'reinjecting' })
      .thenDue({ queue: reinjectObjectsQueue, since: '2026-01-01T00:00:00.000Z', afterMs: 0 })
      .when(ask)
      .thenThrows('quarantine.already-running');
  });

  it('is taken in once, and then for good', () => {
    given(quarantineDecider, [requested])
      .when(note(1))
      .then([InstanceReinjected.of(instance)])
      .thenState((state) => expect(state).toMatchObject({ status: 'reinjected', instance, request }))
      .thenDue(undefined)
      .when(note(1))
      .then([]);
    given(quarantineDecider, [requested, InstanceReinjected.of(instance)])
      .when(ask)
      .thenThrows('quarantine.already-reinjected');
    given(quarantineDecider, [requested, InstanceReinjected.of(instance)])
      .when(refuse(1))
      .then([]);
  });

  it('is refused again, as often as somebody asks', () => {
    given(quarantineDecider, [requested])
      .when(refuse(1))
      .then([ReinjectionRefused.of(refusal)])
      .thenState((state) => expect(state).toMatchObject({ status: 'refused-again', refusal }))
      .thenDue(undefined)
      .when(ask)
      .then([requested])
      .thenState({ status: 'reinjecting' });
  });

  it('has nothing to say to an outcome of another request', () => {
    given(quarantineDecider).when(note(1)).then([]);
    given(quarantineDecider, [requested, ReinjectionRefused.of(refusal), requested])
      .when(refuse(1))
      .then([]);
  });
});

it('An outcome without a request changes nothing', () => {
  given(quarantineDecider, [ReinjectionRefused.of(refusal)]).thenState({ status: 'kept-aside' });
});
