import { HeaderReader, readFileMeta } from '@waystation/dicom';
import { hasCode } from '@waystation/kernel';
import { tagNames } from './tag-names.js';

/** Bytes. File meta information (PS3.10 7.1) has a few hundred: it is looked for once so many are there, or all. */
const ENOUGH = 16 * 1024;
/** What is longer than this is none. */
const LONGEST_META = 1024 * 1024;

export type Tags = Readonly<Record<string, string>>;

/** Reads what a `.tags` file says of an object while the bytes of its Part 10 file go by, in pieces of any length. */
export class TagsReader {
  private beginning = Buffer.alloc(0);
  private reader: HeaderReader | undefined;
  private sopClassUid = '';
  private isUnreadable = false;

  push(piece: Buffer): void {
    if (this.isUnreadable) return;
    if (this.reader !== undefined) return this.reader.push(piece);
    this.beginning = Buffer.concat([this.beginning, piece]);
    if (this.beginning.length >= ENOUGH) this.#lookForMeta();
  }

  /** What was read; where the object does not make sense, as little as it says up to there: it was kept nevertheless. */
  end(): Tags {
    if (this.reader === undefined && !this.isUnreadable) this.#lookForMeta();
    const facts = this.#facts();
    const known = Object.fromEntries(tagNames.map((name) => [name, facts[name] ?? '']));
    const plain = Object.entries(facts).filter(([name]) => /^[A-Za-z0-9]+$/.test(name));
    return { ...known, ...Object.fromEntries(plain), MediaStorageSOPClassUID: this.sopClassUid };
  }

  #facts(): Tags {
    try {
      return this.reader?.end().facts ?? {};
    } catch {
      return {};
    }
  }

  #lookForMeta(): void {
    try {
      const meta = readFileMeta(this.beginning);
      this.sopClassUid = meta.sopClassUid ?? '';
      this.reader = new HeaderReader(meta.transferSyntaxUid);
      this.reader.push(this.beginning.subarray(meta.dataSetOffset));
      this.beginning = Buffer.alloc(0);
    } catch (error) {
      this.isUnreadable = !hasCode(error, 'dicom.truncated') || this.beginning.length > LONGEST_META;
    }
  }
}
