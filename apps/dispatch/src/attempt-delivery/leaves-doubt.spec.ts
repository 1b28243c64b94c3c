import { describe, expect, it } from 'vitest';
import { leavesDoubt } from './leaves-doubt.js';

describe('leavesDoubt', () => {
  it.each([
    'dicom-network.unreachable',
    'dicom-network.rejected',
    'dispatch.unknown-target',
    'dispatch.refused',
    'dispatch.folder-unavailable',
  ])('is sure after %s: nothing was sent that was not answered', (code) => {
    expect(leavesDoubt(code)).toBe(false);
  });

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
