import { buffer } from 'node:stream/consumers';
import { Client } from 'minio';

/** The objects of a bucket below its prefix. */
export function objectsInS3(url) {
  const { hostname, port, username, password, pathname, searchParams } = url;
  const useSSL = searchParams.get('tls') !== 'false';
  const bucket = decodeURIComponent(pathname.slice(1));
  const prefix = searchParams.get('prefix') ?? 'waystation/';
  const client = new Client({
    endPoint: hostname,
    port: Number(port) || (useSSL ? 443 : 80),
    useSSL,
    region: searchParams.get('region') ?? 'us-east-1',
    accessKey: decodeURIComponent(username),
    secretKey: decodeURIComponent(password),
  });
  return {
    list: async function* () {
      for await (const { name, size } of client.listObjectsV2(bucket, prefix, true))
        if (!name.slice(prefix.length).startsWith('.')) yield { key: name.slice(prefix.length), size };
    },
    read: async (key) => buffer(await client.getObject(bucket, prefix + key)),
  };
}
