import { transferSyntaxes, type TransferSyntax } from '../dictionary/transfer-syntaxes.js';
import { DataSetWalker } from './data-set-walker.js';
import { DeflatedHeader } from './deflated-header.js';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian, type Encoding } from './encoding.js';
import { defaultHeaderLimits, type HeaderLimits } from './header-limits.js';
import { HeaderValues } from './header-values.js';
import { HeaderWarnings, type HeaderWarning } from './header-warnings.js';

/** What a data set says about itself. */
export interface Header {
  /** The routing header by keyword of PS3.6: text in Unicode, numbers in decimal, several values joined by a backslash. */
  readonly facts: Readonly<Record<string, string>>;
  readonly warnings: readonly HeaderWarning[];
  /** The four that place an object, PS3.3 C.7 and C.12. Not checked: a sender may have written anything. */
  readonly uids: {
    readonly sopClassUid: string | undefined;
    readonly sopInstanceUid: string | undefined;
    readonly studyInstanceUid: string | undefined;
    readonly seriesInstanceUid: string | undefined;
  };
}

/**
 * Reads the routing header of one data set (without file meta information) as its bytes come by, in pieces of any
 * length. Memory and time are bounded by the limits and by the bytes, whatever they are.
 */
export class HeaderReader {
  private readonly warnings = new HeaderWarnings();
  private readonly values: HeaderValues;
  private readonly reader: DataSetWalker | DeflatedHeader;
  private failure: unknown;

  constructor(transferSyntaxUid: string, limits: Partial<HeaderLimits> = {}) {
    const all = { ...defaultHeaderLimits, ...limits };
    const syntax = transferSyntaxes.get(transferSyntaxUid);
    if (syntax === undefined) this.warnOfSyntax(transferSyntaxUid);
    this.values = new HeaderValues(this.warnings, all);
    const walker = new DataSetWalker(encodingOf(syntax), this.values, this.warnings, all);
    this.reader = syntax?.deflated === true ? new DeflatedHeader(walker, all) : walker;
  }

  /**
   * The next piece; it may be changed or used again afterwards. Never throws: the caller goes on to keep the bytes, and
   * learns at the end what they were worth.
   */
  push(piece: Buffer): void {
    if (this.failure !== undefined) return;
    try {
      this.reader.push(piece);
    } catch (error) {
      this.failure = error;
    }
  }

  /**
   * What the data set said. Throws `dicom.malformed` (with the byte where it stops to make sense), `dicom.truncated`
   * (it ends inside an element, its pixel data included, except in a deflated data set behind the routing header), or
   * `dicom.limit-exceeded`.
   */
  end(): Header {
    if (this.failure !== undefined) throw this.failure;
    this.reader.end();
    const facts = this.values.facts();
    const uids = {
      sopClassUid: facts['SOPClassUID'],
      sopInstanceUid: facts['SOPInstanceUID'],
      studyInstanceUid: facts['StudyInstanceUID'],
      seriesInstanceUid: facts['SeriesInstanceUID'],
    };
    return { facts, warnings: this.warnings.list(), uids };
  }

  private warnOfSyntax(uid: string): void {
    this.warnings.add(
      'dicom.transfer-syntax-unknown',
      () => `transfer syntax ${JSON.stringify(uid)} is not in PS3.6; read as the data set looks`,
    );
  }
}

/** Every syntax since the first one is explicit little endian but for the pixels; an unknown one is so too (PS3.5 A.4). */
const encodingOf = (syntax: TransferSyntax | undefined): Encoding => {
  if (syntax === undefined) return explicitLittleEndian;
  if (!syntax.explicit) return implicitLittleEndian;
  return syntax.bigEndian ? explicitBigEndian : explicitLittleEndian;
};
