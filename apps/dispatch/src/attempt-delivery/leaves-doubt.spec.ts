import { describe, expect, it } from 'vitest';
import { leavesDoubt } from './leaves-doubt.js';

describe('leavesDoubt', () => {
  it.each([
    'dicom-network.unreachable',
    'dicom-network.rejected',
    'dispatch.unknown-target',
    'dispatch.refused',
    'dispatch.unsendable',
    'dispatch.folder-unavailable',
    'dispatch.tls-unusable',
    'dicom-network.tls-invalid',
    'dicom-network.tls-not-spoken',
    'dicom-network.tls-untrusted',
    'dicom-network.tls-wrong-name',
    'dicom-network.tls-timeout',
    'dicom-network.tls-refused',
    'dicom-network.tls-failed',
  ])('is sure after %s: nothing was sent that was not answered', (code) => {
    expect(leavesDoubt(code)).toBe(false);
  });

  it.each(['dicom-network.tls-refused', 'dicom-network.tls-failed', 'dicom-network.unreachable'])(
    'is in doubt after %s where objects are named that were not answered',
    (code) => {
      expect(leavesDoubt(code, { unanswered: ['1.2.3'] })).toBe(true);
      expect(leavesDoubt(code, { unanswered: [] })).toBe(false);
    },
  );

  it.each([
    'dicom-network.timeout',
    'dicom-network.connection-lost',
    'dicom-network.aborted',
    'dicom-network.cancelled',
    'dicom-network.source-failed',
    'object-store.unavailable',
    'dispatch.stopped',
    'dispatch.failed',
    'never.heard-of',
  ])('is in doubt after %s', (code) => {
    expect(leavesDoubt(code)).toBe(true);
  });
});
