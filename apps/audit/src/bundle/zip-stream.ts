import { createHash } from 'node:crypto';
import { PassThrough, Transform, type Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** The member that holds the hashes of all others, in the format of `sha256sum`. */
export const SUMS = 'SHA256SUMS';

/**
 * A zip that is written while it is read: one member after the other goes through, and none is held in memory. The last
 * member are the hashes of all others.
 */
export class ZipStream {
  /** The bytes of the zip. Ends with an error where a member cannot be read, so that nobody takes it for whole. */
  readonly output = new PassThrough();
  private readonly zip = new ZipFile();
  private readonly sums: string[] = [];
  private current: Transform | undefined;

  /** @param mtime of every member: the same bundle has the same bytes */
  constructor(private readonly mtime: Date) {
    this.zip.outputStream.pipe(this.output);
    this.zip.on('error', (error: Error) => this.output.destroy(error));
    // Whoever reads may go away in the middle: then nothing more is read for him.
    this.output.on('close', () => this.current?.destroy());
  }

  /**
   * Adds a member; resolves when it has gone through.
   * @param options `size` in bytes where it is known; `compress`: false for what is compressed already
   */
  async add(
    name: string,
    source: Readable,
    options: { readonly size?: number; readonly compress?: boolean } = {},
  ): Promise<void> {
    const hash = createHash('sha256');
    const hashed = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    if (this.output.destroyed) hashed.destroy();
    this.current = hashed;
    const passed = pipeline(source, hashed);
    this.zip.addReadStream(hashed, name, { mtime: this.mtime, mode: 0o100644, ...options });
    await Promise.all([passed, finished(hashed)]);
    this.sums.push(`${hash.digest('hex')}  ${name}\n`);
  }

  /** Adds the hashes and ends the zip. */
  end(): void {
    this.zip.addBuffer(Buffer.from(this.sums.join('')), SUMS, { mtime: this.mtime, mode: 0o100644 });
    this.zip.end();
  }

  /** Breaks off. */
  fail(error: Error): void {
    this.output.destroy(error);
  }
}
