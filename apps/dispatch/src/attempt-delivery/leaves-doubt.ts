/** Failures after which every object was answered or nothing was sent, unless their details name objects. */
const certain: ReadonlySet<string> = new Set([
  'dicom-network.unreachable',
  'dicom-network.rejected',
  'dicom-network.invalid-ae-title',
  'dicom-network.unusable-maximum-length',
  'dicom-network.tls-invalid',
  'dicom-network.tls-not-spoken',
  'dicom-network.tls-untrusted',
  'dicom-network.tls-wrong-name',
  'dicom-network.tls-timeout',
  // These come from within an association as well.
  'dicom-network.tls-refused',
  'dicom-network.tls-failed',
  'dispatch.tls-unusable',
  'dispatch.unknown-target',
  'dispatch.unknown-series',
  'series.objects-expired',
  'job.objects-expired',
  'dispatch.refused',
  'dispatch.unsendable',
  // A file appears whole or not at all.
  'dispatch.folder-unavailable',
]);

const named = (unanswered: unknown): boolean => Array.isArray(unanswered) && unanswered.length > 0;

/**
 * Whether objects that were handed to the sender may have arrived without a receipt after a failure with this code. A
 * code that nobody thought of does leave doubt: to say so costs nothing, to deny it wrongly would be a lie in the log.
 * @param details of the failure: of several associations one may have found nobody there while another was cut off in the
 *   middle of an object, which then is among the `unanswered`
 */
export const leavesDoubt = (code: string, details: Readonly<Record<string, unknown>> = {}): boolean =>
  !certain.has(code) || named(details['unanswered']);
