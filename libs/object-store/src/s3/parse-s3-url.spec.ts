import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseS3Url } from './parse-s3-url.js';

const refusal = (url: string, env = {}): unknown => {
  try {
    return parseS3Url(url, env);
  } catch (error) {
    return error;
  }
};

describe('parseS3Url', () => {
  it('reads every part', () => {
    const url = 's3://key:s%2Fe%3Acret@minio.local:9000/images?tls=false&region=eu-west-1&prefix=a/b/&timeout=5';
    expect(parseS3Url(url, {})).toEqual({
      host: 'minio.local',
      port: 9000,
      tls: false,
      region: 'eu-west-1',
      bucket: 'images',
      prefix: 'a/b/',
      accessKey: 'key',
      secretKey: 's/e:cret',
      timeoutMs: 5000,
    });
  });

  it('speaks TLS on its usual port to us-east-1 unless told otherwise', () => {
    expect(parseS3Url('s3://a:b@host/images', {})).toMatchObject({
      port: 443,
      tls: true,
      region: 'us-east-1',
      prefix: 'waystation/',
      timeoutMs: 30_000,
    });
    expect(parseS3Url('s3://a:b@host/images?tls=false', {})).toMatchObject({ port: 80 });
  });

  it('takes credentials from the environment where the URL has none', () => {
    const env = { WAYSTATION_S3_ACCESS_KEY: 'key', WAYSTATION_S3_SECRET_KEY: 'secret' };
    expect(parseS3Url('s3://host:9000/images', env)).toMatchObject({ accessKey: 'key', secretKey: 'secret' });
    expect(parseS3Url('s3://a:b@host:9000/images', env)).toMatchObject({ accessKey: 'a', secretKey: 'b' });
  });

  it('reads any credentials back that were URL-encoded', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (access, secret) => {
        fc.pre([access, secret].every((text) => !/\p{Surrogate}/u.test(text)));
        const url = `s3://${encodeURIComponent(access)}:${encodeURIComponent(secret)}@host/images`;
        expect(parseS3Url(url, {})).toMatchObject({ accessKey: access, secretKey: secret });
      }),
    );
  });

  it.each([
    ['s3://a:hidden@host', 'bucket'],
    ['s3://a:hidden@host/UPPER', 'bucket'],
    ['s3://a:hidden@host/images/deeper', 'bucket'],
    ['s3://a:hidden@host/images?tls=maybe', 'tls=maybe'],
    ['s3://a:hidden@host/images?prefix=/x', 'prefix'],
    ['s3://a:hidden@host/images?prefix=x', 'prefix'],
    ['s3://a:hidden@host/images?prefix=', 'prefix'],
    ['s3://a:hidden@host/images?timeout=0', 'timeout'],
    ['s3://a:hidden@host/images?regoin=x', 'regoin'],
    ['s3://a:hid%zzden@host/images', 'secret'],
    ['s3://a:hid/den@host/images', 'URL'],
    ['s3://host/images', 'WAYSTATION_S3_ACCESS_KEY'],
    ['s3://a@host/images', 'WAYSTATION_S3_SECRET_KEY'],
  ])('refuses %s without telling the secret', (url, named) => {
    const error = refusal(url);
    expect(error).toMatchObject({ code: 'object-store.invalid-url' });
    expect(String(error)).toContain(named);
    expect(inspect(error, { depth: 9, showHidden: true }).split('    at ', 1)[0]).not.toMatch(
      /hidden|hid%zzden|hid\/den/,
    );
  });
});
