import http from 'node:http';
import https from 'node:https';
import { readFile, stat, unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { Client } from 'minio';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import { assertByteRange } from '../byte-range.js';
import { keepByContent } from '../keep-by-content.js';
import { mappedStream } from '../mapped-stream.js';
import { assertKeyPrefix, assertObjectKey } from '../object-key.js';
import type { ByteRange, ListedObject, NewObject, ObjectSize, ObjectStore, ObjectUnderWay } from '../object-store.js';
import { releaseMemory } from '../release-memory.js';
import { abortOldUploads } from './abort-old-uploads.js';
import { insist } from './insist.js';
import type { S3Location } from './parse-s3-url.js';
import { isNoSuchObject, s3CodeOf, s3Fault } from './s3-fault.js';
import { s3Transport } from './s3-transport.js';
import { partSize, uploadParts } from './upload-parts.js';

/** No key begins with a dot. */
const probe = '.waystation-check';
/** No upload takes this long: whoever began it is gone. */
const abandonedMs = 24 * 3_600_000;
const pageSize = 1000;
/** RFC 9110 15.3.7. */
const partialContent = 206;

/** Objects in a bucket. Needs nothing of S3 beyond what every server of that name can do; no conditional requests. */
export class S3ObjectStore implements ObjectStore {
  readonly isLocal = false;
  private readonly agent: http.Agent;
  private readonly client: Client;
  private readonly bucket: string;
  private preparing: Promise<void> | undefined;

  private constructor(private readonly location: S3Location) {
    const { host, port, tls, region, accessKey, secretKey, timeoutMs } = location;
    this.agent = tls ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
    this.bucket = location.bucket;
    this.client = new Client({
      endPoint: host,
      port,
      useSSL: tls,
      region,
      accessKey,
      secretKey,
      transport: s3Transport(tls, timeoutMs),
      transportAgent: this.agent,
      retryOptions: { disableRetry: true },
    });
  }

  /**
   * Connects, and creates the bucket where it is missing. Throws `object-store.unavailable`.
   * @param onAway where it is given, it is told that instead, and the bucket is looked for again whenever it is needed
   */
  static async open(location: S3Location, onAway?: (error: CodedError) => void): Promise<S3ObjectStore> {
    const store = new S3ObjectStore(location);
    try {
      await store.prepared();
      return store;
    } catch (error) {
      if (onAway !== undefined && error instanceof CodedError && hasCode(error, 'object-store.unavailable')) {
        onAway(error);
        return store;
      }
      await store.close();
      throw error;
    }
  }

  async begin(object: NewObject): Promise<ObjectUnderWay> {
    return { key: await this.keep(object), durable: Promise.resolve() };
  }

  async keep(object: NewObject): Promise<string> {
    if ('path' in object) return keepByContent(object, (key) => this.putFile(key, object.path));
    const [only, ...others] = object.chunks;
    if (only !== undefined && others.length === 0) return keepByContent(object, (key) => this.put(key, only));
    const bytes = Buffer.concat(object.chunks, object.size);
    const kept = await keepByContent(object, (key) => this.put(key, bytes));
    releaseMemory(bytes);
    return kept;
  }

  async putFile(key: string, path: string): Promise<void> {
    assertObjectKey(key);
    const size = await stat(path).then(
      (found) => found.size,
      (error: unknown) => {
        throw new CodedError(
          'object-store.no-source',
          `${path}, to be stored as ${key}, cannot be read: ${messageOf(error)}`,
        );
      },
    );
    await this.request(`storing ${key}`, async () => {
      if (!(await this.holds(key, size))) {
        if (size <= partSize) await this.send(this.nameOf(key), await readFile(path));
        else await this.sendParts(key, path, size);
      }
      await unlink(path);
    });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    assertObjectKey(key);
    await this.request(`storing ${key}`, async () => {
      if (await this.holds(key, bytes.length)) return;
      await this.send(this.nameOf(key), Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  async get(key: string, range: ByteRange = { offset: 0 }): Promise<Readable> {
    assertObjectKey(key);
    assertByteRange(range);
    const content = await this.request(`opening ${key}`, () => this.openRange(key, range));
    return mappedStream(content, (error) => s3Fault(`reading ${key} from ${this.place}`, error));
  }

  async stat(key: string): Promise<ObjectSize | undefined> {
    assertObjectKey(key);
    const size = await this.request(`looking for ${key}`, () => this.find(key));
    return size === undefined ? undefined : { size };
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertKeyPrefix(prefix);
    for (let token = '', more = true; more;) {
      const page = await this.request(`listing ${prefix}`, () =>
        insist(() => this.client.listObjectsV2Query(this.bucket, this.nameOf(prefix), token, '', pageSize, '')),
      );
      for (const { name, size, lastModified } of page.objects) {
        const key = name?.slice(this.location.prefix.length);
        if (key === undefined || key === probe) continue;
        yield { key, size, modifiedAt: lastModified?.getTime() ?? Number.POSITIVE_INFINITY };
      }
      token = page.nextContinuationToken;
      more = page.isTruncated;
    }
  }

  async remove(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      assertObjectKey(key);
      await this.request(`removing ${key}`, () =>
        insist(() => this.client.removeObject(this.bucket, this.nameOf(key))).catch((error: unknown) => {
          if (!isNoSuchObject(error)) throw error;
        }),
      );
    }
  }

  check(): Promise<void> {
    return this.request('writing', async () => {
      await this.send(this.nameOf(probe), Buffer.from('check'));
      await insist(() => this.client.removeObject(this.bucket, this.nameOf(probe)));
    });
  }

  close(): Promise<void> {
    this.agent.destroy();
    return Promise.resolve();
  }

  private get place(): string {
    const { host, port, bucket } = this.location;
    return `s3://${host}:${port}/${bucket}`;
  }

  private nameOf(key: string): string {
    return this.location.prefix + key;
  }

  private async request<T>(doing: string, work: () => Promise<T>): Promise<T> {
    await this.prepared();
    try {
      return await work();
    } catch (error) {
      throw s3Fault(`${doing} (${this.place})`, error);
    }
  }

  /** The bucket is there. Once that is so it is not looked at again. */
  private prepared(): Promise<void> {
    this.preparing ??= this.prepare().catch((error: unknown) => {
      this.preparing = undefined;
      throw s3Fault(`opening the bucket (${this.place})`, error);
    });
    return this.preparing;
  }

  private async prepare(): Promise<void> {
    await this.ensureBucket();
    await abortOldUploads(this.client, this.bucket, this.location.prefix, new Date(Date.now() - abandonedMs));
  }

  private async ensureBucket(): Promise<void> {
    if (await insist(() => this.client.bucketExists(this.bucket))) return;
    await this.client.makeBucket(this.bucket, this.location.region).catch(async (error: unknown) => {
      if (!(await this.client.bucketExists(this.bucket))) throw error;
    });
  }

  private async find(key: string): Promise<number | undefined> {
    try {
      return (await insist(() => this.client.statObject(this.bucket, this.nameOf(key)))).size;
    } catch (error) {
      if (isNoSuchObject(error)) return undefined;
      throw error;
    }
  }

  private async openRange(key: string, { offset, length }: ByteRange): Promise<Readable> {
    // For minio a length of 0 means: to the end.
    const nothingWanted = length === 0 && (await this.find(key)) !== undefined;
    if (nothingWanted) return Readable.from([]);
    const part = offset > 0 || length !== undefined;
    try {
      const content = await insist(() =>
        this.client.getPartialObject(this.bucket, this.nameOf(key), offset, length === 0 ? 1 : length),
      );
      if (!part || !('statusCode' in content) || content.statusCode === partialContent) return content;
      content.destroy();
      throw new CodedError(
        'object-store.unavailable',
        `${this.place} does not answer range requests: ${key} came whole`,
      );
    } catch (error) {
      if (s3CodeOf(error) === 'InvalidRange') return Readable.from([]);
      throw isNoSuchObject(error) ? new CodedError('object-store.missing', `there is no object ${key}`) : error;
    }
  }

  /** Whether the object is there already. Throws `object-store.conflict` where it has another size. */
  private async holds(key: string, size: number): Promise<boolean> {
    const found = await this.find(key);
    if (found !== undefined && found !== size)
      throw new CodedError(
        'object-store.conflict',
        `${key} in ${this.place} is there already with other content: expected ${size} bytes, found ${found}`,
      );
    return found === size;
  }

  private async send(name: string, bytes: Buffer): Promise<void> {
    await insist(() => this.client.putObject(this.bucket, name, bytes, bytes.length));
  }

  private async sendParts(key: string, path: string, size: number): Promise<void> {
    await uploadParts(this.client, { bucket: this.bucket, name: this.nameOf(key) }, path, size);
    if (!(await this.holds(key, size)))
      throw new CodedError('object-store.unavailable', `${key} is not in ${this.place} after it was sent`);
  }
}
