import type { V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { hasBegun, podEnd } from './pod-end.js';

const digest = `sha256:${'ab'.repeat(32)}`;
const podOf = (state: V1ContainerState, more: object = {}, deleted = false, grace = 1): V1Pod =>
  // As the API writes times, which the client library would have made objects of.
  JSON.parse(
    JSON.stringify({
      metadata: {
        name: 'p',
        ...(deleted && { deletionTimestamp: '2026-03-01T10:00:05Z', deletionGracePeriodSeconds: grace }),
      },
      spec: { containers: [{ name: 'module', image: 'registry/x:1' }] },
      status: {
        containerStatuses: [{ name: 'module', imageID: `registry/x@${digest}`, ready: false, restartCount: 0, state }],
        ...more,
      },
    }),
  ) as V1Pod;
const ended = (exitCode: number, reason: string): V1ContainerState => ({
  terminated: {
    ...{ exitCode, reason },
    startedAt: new Date('2026-03-01T10:00:00Z'),
    finishedAt: new Date('2026-03-01T10:00:03Z'),
  },
});
const condition = (type: string, reason: string) => ({ type, status: 'True', reason, message: 'why' });

describe('podEnd', () => {
  it.each([
    [0, 'Completed', false],
    [3, 'Error', false],
    [137, 'OOMKilled', true],
  ])('reads exit code %d (%s)', (exitCode, reason, outOfMemory) => {
    const run = { exitCode, outOfMemory, durationMs: 3000, imageDigest: digest };
    expect(podEnd(podOf(ended(exitCode, reason), { phase: 'Failed' }))).toEqual(run);
  });

  it.each([
    ['is being pulled', { waiting: { reason: 'ContainerCreating' } }],
    ['runs', { running: {} }],
    ['has no state', {}],
  ])('knows no end of a container that %s', (_, state) => {
    expect(podEnd(podOf(state, { phase: 'Running' }))).toBeUndefined();
  });

  it.each(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'])(
    'names the image: %s',
    (reason) => {
      expect(() => podEnd(podOf({ waiting: { reason, message: 'not found' } }))).toThrow(
        expect.objectContaining({
          code: 'container.image-unavailable',
          message: `the image registry/x:1 cannot be had: ${reason}: not found`,
        }),
      );
    },
  );

  it.each([
    { waiting: { reason: 'CreateContainerConfigError' } },
    { waiting: { reason: 'RunContainerError' } },
    ended(128, 'StartError'),
    ended(127, 'ContainerCannotRun'),
  ])('says that a container cannot be started: %j', (state) => {
    expect(() => podEnd(podOf(state))).toThrow(expect.objectContaining({ code: 'container.not-started' }));
  });

  it.each([
    [
      'evicted through the API',
      ended(137, 'Error'),
      { conditions: [condition('DisruptionTarget', 'EvictionByEvictionAPI')] },
    ],
    ['evicted by the kubelet', ended(137, 'Error'), { phase: 'Failed', reason: 'Evicted' }],
    [
      'on a node that is gone',
      { running: {} },
      { conditions: [condition('DisruptionTarget', 'DeletionByTaintManager')] },
    ],
    ['whose end nobody saw', ended(137, 'ContainerStatusUnknown'), { phase: 'Failed', reason: 'NodeLost' }],
    ['that a node does not admit', {}, { phase: 'Failed', reason: 'UnexpectedAdmissionError', containerStatuses: [] }],
  ])('tells a container %s from one that failed', (_, state, status) => {
    expect(() => podEnd(podOf(state, status))).toThrow(
      expect.objectContaining({ code: 'container.lost', details: {} }),
    );
  });

  it('counts a container that ended well although its node is drained', () => {
    const status = { conditions: [condition('DisruptionTarget', 'EvictionByEvictionAPI')] };
    expect(podEnd(podOf(ended(0, 'Completed'), status, true))).toMatchObject({ exitCode: 0 });
  });

  it('tells a container that was killed with its pod from one that had failed before', () => {
    const failed = ended(137, 'Error');
    expect(podEnd(podOf(failed, {}, true, 1))).toMatchObject({ exitCode: 137 });
    expect(() => podEnd(podOf(failed, {}, true, 2))).toThrow(/somebody deletes its pod/);
    expect(podEnd(podOf(ended(137, 'OOMKilled'), {}, true, 2))).toMatchObject({ outOfMemory: true });
  });

  it('counts one that somebody deletes as lost', () => {
    expect(() => podEnd(podOf({ running: {} }, { phase: 'Running' }, true))).toThrow(/somebody deletes its pod/);
  });
});

describe('hasBegun', () => {
  it.each([
    [{ waiting: { reason: 'ContainerCreating' } }, false],
    [{ running: {} }, true],
    [ended(1, 'Error'), true],
    [ended(137, 'ContainerStatusUnknown'), false],
  ])('says of %j: %s', (state, begun) => {
    expect(hasBegun(podOf(state))).toBe(begun);
  });
});
