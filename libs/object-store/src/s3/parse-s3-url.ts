import { CodedError } from '@waystation/kernel';

/** Where an S3 bucket is and how to speak to it. */
export interface S3Location {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly region: string;
  readonly bucket: string;
  /**
   * Put before every key. Never empty: the XML reader of `minio` takes a name such as `007` for a number, and lists 7.
   */
  readonly prefix: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Silence after which a request counts as failed. */
  readonly timeoutMs: number;
}

const EXPECTED =
  's3://ACCESS:SECRET@host:port/bucket?tls=false&region=us-east-1&prefix=waystation/&timeout=30 with every part URL-encoded';
const parameters: readonly string[] = ['tls', 'region', 'prefix', 'timeout'];

const invalid = (what: string): CodedError =>
  new CodedError('object-store.invalid-url', `the URL of the object store has ${what}: expected ${EXPECTED}`);

/** Of S3: 3 to 63 lower-case letters, digits, dots and dashes. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^([A-Za-z0-9._-]+\/)+$/;

const parse = (url: string): URL => {
  try {
    return new URL(url);
  } catch {
    throw invalid('a part that cannot be read');
  }
};

const decode = (text: string, part: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(`${part} that is not URL-encoded`);
  }
};

const parameter = (url: URL, name: string, pattern: RegExp, fallback: string): string => {
  const value = url.searchParams.get(name) ?? fallback;
  if (!pattern.test(value)) throw invalid(`${name}=${value}`);
  return value;
};

/** Reads the URL; credentials that it lacks come from the environment. Throws `object-store.invalid-url`, without secrets. */
export const parseS3Url = (text: string, env: Readonly<Record<string, string | undefined>>): S3Location => {
  const url = parse(text);
  const unknown = [...url.searchParams.keys()].find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw invalid(`an unknown parameter "${unknown}"`);
  const bucket = decode(url.pathname.replace(/^\/|\/$/g, ''), 'a bucket');
  if (!BUCKET.test(bucket)) throw invalid(`no valid bucket name ("${bucket}")`);
  if (!url.hostname) throw invalid('no host');
  const accessKey = decode(url.username, 'an access key') || (env['WAYSTATION_S3_ACCESS_KEY'] ?? '');
  const secretKey = decode(url.password, 'a secret') || (env['WAYSTATION_S3_SECRET_KEY'] ?? '');
  if (!accessKey || !secretKey)
    throw invalid(
      'no access key or secret, and WAYSTATION_S3_ACCESS_KEY and WAYSTATION_S3_SECRET_KEY do not give both',
    );
  const tls = parameter(url, 'tls', /^(true|false)$/, 'true') === 'true';
  return {
    host: url.hostname,
    port: Number(url.port) || (tls ? 443 : 80),
    tls,
    region: parameter(url, 'region', /^[a-z0-9-]+$/i, 'us-east-1'),
    bucket,
    prefix: parameter(url, 'prefix', PREFIX, 'waystation/'),
    accessKey,
    secretKey,
    timeoutMs: Number(parameter(url, 'timeout', /^[1-9][0-9]{0,3}$/, '30')) * 1000,
  };
};
