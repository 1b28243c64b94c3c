/** Failures after which every object was answered or nothing was sent. */
const certain: ReadonlySet<string> = new Set([
  'dicom-network.unreachable',
  'dicom-network.rejected',
  'dicom-network.invalid-ae-title',
  'dicom-network.unusable-maximum-length',
  'dispatch.unknown-target',
  'dispatch.unknown-series',
  'dispatch.refused',
  // A file appears whole or not at all.
  'dispatch.folder-unavailable',
]);

/**
 * Whether objects that were handed to the sender may have arrived without a receipt after a failure with this code. A
 * code that nobody thought of does leave doubt: to say so costs nothing, to deny it wrongly would be a lie in the log.
 */
export const leavesDoubt = (code: string): boolean => !certain.has(code);
