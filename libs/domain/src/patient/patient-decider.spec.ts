import { IdentityErasureRequested, IdentityForgotten } from '@waystation/events';
import { given } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { forgetPatientsQueue, patientDecider, type RequestErasure } from './patient-decider.js';

const by = { author: 'r.huber', reason: 'asked for it in writing' };
const [first, second] = ['0198f2c0-6a11-4c3e-9d55-000000000001', '0198f2c0-6a11-4c3e-9d55-000000000002'];
const request = (...keys: string[]): RequestErasure => ({ kind: 'request-erasure', keys, ...by });
const finish = (...keys: string[]) => ({ kind: 'finish-erasure' as const, keys });
const requested = (...keys: string[]) => IdentityErasureRequested.of({ keys, ...by });
const forgotten = (...keys: string[]) => IdentityForgotten.of({ keys, ...by });

describe('a patient', () => {
  it('is asked to be forgotten, and then is: with the reason and whose it was', () => {
    given(patientDecider)
      .when(request(first, second))
      .then([requested(first, second)])
      .when(finish(first, second))
      .then([forgotten(first, second)])
      .thenState({ erasure: undefined, forgotten: { keys: [first, second], at: '2026-01-01T00:00:01.000Z' } });
  });

  it('is not asked for twice', () => {
    given(patientDecider, [requested(first)])
      .when(request(first))
      .then([]);
    given(patientDecider).when(request()).then([]);
  });

  it('is forgotten again when a key comes back with a backup', () => {
    given(patientDecider, [requested(first), forgotten(first)])
      .when(request(first))
      .then([requested(first)])
      .when(finish(first))
      .then([forgotten(first)])
      .thenState((state) => expect(state.forgotten?.keys).toEqual([first]));
  });

  it('is forgotten once, whoever finishes', () => {
    given(patientDecider, [requested(first), forgotten(first)])
      .when(finish(first))
      .then([]);
    given(patientDecider).when(finish(first)).then([]);
  });

  it('who comes back gets another key, and can be forgotten again', () => {
    given(patientDecider, [requested(first), forgotten(first)])
      .when(request(second))
      .then([requested(second)])
      .when(finish(second))
      .then([forgotten(second)])
      .thenState((state) => expect(state.forgotten?.keys).toEqual([first, second]));
  });

  it('is not done while a key is left that was asked for meanwhile', () => {
    given(patientDecider, [requested(first), requested(second)])
      .when(finish(first))
      .then([forgotten(first)])
      .thenState((state) => expect(state.erasure?.keys).toEqual([second]))
      .when(finish(second))
      .then([forgotten(second)])
      .thenState({ erasure: undefined });
  });

  it('is looked at again until it is done, whoever crashed on the way', () => {
    const story = given(patientDecider, [requested(first)]).thenDue({
      queue: forgetPatientsQueue,
      since: '2026-01-01T00:00:00.000Z',
      afterMs: 10_000,
    });
    expect(story.state.erasure?.keys).toEqual([first]);
    given(patientDecider, [requested(first), forgotten(first)]).thenDue(undefined);
  });
});
