import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'minio';
import { beforeAll, describe, expect, it } from 'vitest';
import { abortOldUploads } from './abort-old-uploads.js';
import { parseS3Url } from './parse-s3-url.js';
import { S3ObjectStore } from './s3-object-store.js';
import { partSize, uploadParts } from './upload-parts.js';

const url = process.env['WAYSTATION_TEST_S3_URL'];
const anHour = 3_600_000;

describe.runIf(url !== undefined)('uploads in parts', () => {
  const location = parseS3Url(url ?? 's3://a:b@unused/unused', {});
  const { bucket, host, port, tls, region, accessKey, secretKey } = location;
  const client = new Client({ endPoint: host, port, useSSL: tls, region, accessKey, secretKey });
  const prefix = `${randomUUID()}/`;
  const begun = async (): Promise<readonly string[]> =>
    (await client.listIncompleteUploadsQuery(bucket, prefix, '', '', '')).uploads.map(({ key }) => key);

  beforeAll(async () => (await S3ObjectStore.open(location)).close());

  it('leave nothing behind where the file ends too early', async () => {
    const path = join(tmpdir(), randomUUID());
    await writeFile(path, Buffer.alloc(partSize + 10));
    const upload = uploadParts(client, { bucket, name: `${prefix}short` }, path, partSize + 20);
    await expect(upload).rejects.toMatchObject({ code: 'object-store.no-source' });
    expect(await begun()).toEqual([]);
    await rm(path);
  });

  it('that a crash left behind are ended when they are old enough', async () => {
    await client.initiateNewMultipartUpload(bucket, `${prefix}left`, {});
    await abortOldUploads(client, bucket, prefix, new Date(Date.now() - anHour));
    expect(await begun()).toEqual([`${prefix}left`]);
    await abortOldUploads(client, bucket, prefix, new Date(Date.now() + anHour));
    expect(await begun()).toEqual([]);
  });
});
