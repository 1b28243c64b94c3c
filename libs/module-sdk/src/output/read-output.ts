import { createHash, type Hash } from 'node:crypto';
import { HeaderReader, readFileMeta, type FileMeta, type Header } from '@waystation/dicom';
import { CodedError, hasCode, isDicomUid, messageOf, trimDicomUid } from '@waystation/kernel';

/** What was found out about an object while its bytes went by. */
export interface ReadOutput {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSetOffset: number;
  /** Of the data set, hexadecimal. */
  readonly sha256: string;
  readonly header: Header;
}

/** Bytes. File meta information (PS3.10 7.1) has a few hundred: it is looked for once so many are there, or all. */
const ENOUGH = 16 * 1024;
/** What is longer than this is none. */
const LONGEST_META = 1024 * 1024;

/** The two halves of a file, the second of which is being read. */
interface Found {
  readonly meta: FileMeta;
  readonly header: HeaderReader;
}

/** Reads the header of a Part 10 file as its bytes come by, in pieces of any length. */
export class OutputReader {
  private readonly hash: Hash = createHash('sha256');
  private beginning: Buffer = Buffer.alloc(0);
  private found: Found | undefined;

  /** Throws `job.output-not-dicom` as soon as that is clear. */
  push(piece: Buffer): void {
    if (this.found !== undefined) return this.take(piece, this.found.header);
    this.beginning = Buffer.concat([this.beginning, piece]);
    if (this.beginning.length >= ENOUGH) this.lookForMeta(this.beginning.length < LONGEST_META);
  }

  /** Throws `job.output-not-dicom`. */
  end(): ReadOutput {
    const { meta, header: reader } = this.found ?? this.lookForMeta(false) ?? unreadable();
    const header = headerOf(reader);
    const mismatch = header.warnings.find(({ code }) => code === 'dicom.transfer-syntax-mismatch');
    if (mismatch !== undefined) throw notDicom(mismatch.message);
    return {
      ...uidsOf(header),
      transferSyntaxUid: meta.transferSyntaxUid,
      dataSetOffset: meta.dataSetOffset,
      sha256: this.hash.digest('hex'),
      header,
    };
  }

  private take(piece: Buffer, header: HeaderReader): void {
    this.hash.update(piece);
    header.push(piece);
  }

  /** @param mayGoOn whether it may be that there are not enough bytes yet */
  private lookForMeta(mayGoOn: boolean): Found | undefined {
    try {
      const meta = readFileMeta(this.beginning);
      const found = { meta, header: new HeaderReader(meta.transferSyntaxUid) };
      this.take(this.beginning.subarray(meta.dataSetOffset), found.header);
      this.beginning = Buffer.alloc(0);
      this.found = found;
      return found;
    } catch (error) {
      if (mayGoOn && hasCode(error, 'dicom.truncated')) return undefined;
      throw notDicom(messageOf(error), error);
    }
  }
}

const unreadable = (): never => {
  throw notDicom('its file meta information has no end');
};

const headerOf = (reader: HeaderReader): Header => {
  try {
    return reader.end();
  } catch (error) {
    throw notDicom(messageOf(error), error);
  }
};

const uidsOf = ({ header }: Header) => {
  const uid = (keyword: string): string => {
    const text = trimDicomUid(header[keyword] ?? '');
    if (text === '') throw notDicom(`it has no ${keyword}`);
    if (!isDicomUid(text)) throw notDicom(`its ${keyword} is not a UID (PS3.5 chapter 9)`);
    return text;
  };
  return {
    sopClassUid: uid('SOPClassUID'),
    sopInstanceUid: uid('SOPInstanceUID'),
    studyInstanceUid: uid('StudyInstanceUID'),
    seriesInstanceUid: uid('SeriesInstanceUID'),
  };
};

const notDicom = (why: string, cause?: unknown): CodedError =>
  new CodedError('job.output-not-dicom', `an object of the output is no usable DICOM object: ${why}`, {
    cause,
    details: { retryable: false },
  });
