import { createHash } from 'node:crypto';
import type { StoredFile } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
import type { JsonObject } from '../module/json.js';

/** Where an attempt keeps what belongs to it, in the object store. */
export class JobObjects {
  readonly prefix: string;

  constructor(
    private readonly objects: ObjectStore,
    job: string,
    attempt: number,
  ) {
    this.prefix = `derived/${job}/${attempt}`;
  }

  async keepLog(bytes: Buffer | undefined): Promise<StoredFile | undefined> {
    return bytes && this.keep('log.txt', bytes);
  }

  async keepResult(result: JsonObject | undefined): Promise<StoredFile | undefined> {
    return result && this.keep('result.json', Buffer.from(JSON.stringify(result)));
  }

  /** Removes all that the attempt made, but not its log: nobody will ever ask for it. */
  async discard(): Promise<void> {
    for await (const { key } of this.objects.list(`${this.prefix}/`))
      if (key !== `${this.prefix}/log.txt`) await this.objects.remove(key);
  }

  private async keep(name: string, bytes: Buffer): Promise<StoredFile> {
    const key = `${this.prefix}/${name}`;
    await this.objects.put(key, bytes);
    return { key, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
  }
}
