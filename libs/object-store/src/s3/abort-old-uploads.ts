import type { Client } from 'minio';

/**
 * Ends uploads in parts that began before a moment and were left behind by a crash: they are invisible and take room.
 * Housekeeping, so it is left undone where the server cannot list them or does not let us.
 */
export const abortOldUploads = async (client: Client, bucket: string, prefix: string, before: Date): Promise<void> => {
  try {
    for (let key = '', id = '', more = true; more;) {
      const page = await client.listIncompleteUploadsQuery(bucket, prefix, key, id, '');
      for (const upload of page.uploads) {
        if (upload.initiated < before) await client.abortMultipartUpload(bucket, upload.key, upload.uploadId);
      }
      key = page.nextKeyMarker;
      id = page.nextUploadIdMarker;
      more = page.isTruncated;
    }
  } catch {
    return;
  }
};
