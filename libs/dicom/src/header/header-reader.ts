import { transferSyntaxes, type TransferSyntax } from '../dictionary/transfer-syntaxes.js';
import { routingHeader, type WantedElements } from '../dictionary/wanted-elements.js';
import { DataSetWalker } from './data-set-walker.js';
import { DeflatedHeader } from './deflated-header.js';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian, type Encoding } from './encoding.js';
import { defaultHeaderLimits, type HeaderLimits } from './header-limits.js';
import { HeaderValues, type SeparatedFacts } from './header-values.js';
import { HeaderWarnings, type HeaderWarning } from './header-warnings.js';

/** What a data set says about itself. */
export interface Header extends SeparatedFacts {
  /**
   * All facts by name: keyword of PS3.6, path of a value in a sequence, or notation of a private element; text in
   * Unicode, numbers in decimal, several values joined by a backslash. Those of `header` and of `identity`.
   */
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

  /** @param wanted what is read; the routing header if not given */
  constructor(transferSyntaxUid: string, limits: Partial<HeaderLimits> = {}, wanted: WantedElements = routingHeader) {
    const all = { ...defaultHeaderLimits, ...limits };
    const syntax = transferSyntaxes.get(transferSyntaxUid);
    if (syntax === undefined) this.warnOfSyntax(transferSyntaxUid);
    this.values = new HeaderValues(wanted, this.warnings, all);
    const walker = new DataSetWalker(encodingOf(syntax), this.values, this.warnings, all);
    this.reader = syntax?.deflated === true ? new DeflatedHeader(walker, this.warnings, all, wanted.lastTag) : walker;
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
    return new ReadHeader(this.values.separated(), this.warnings.list());
  }

  private warnOfSyntax(uid: string): void {
    this.warnings.add(
      'dicom.transfer-syntax-unknown',
      () => `transfer syntax ${JSON.stringify(uid)} is not in PS3.6; read as the data set looks`,
    );
  }
}

/** A class, because an object with a getter of its own costs more than all the rest of reading a header. */
class ReadHeader implements Header {
  readonly header: SeparatedFacts['header'];
  readonly identity: SeparatedFacts['identity'];
  readonly uids: Header['uids'];

  constructor(
    { header, identity }: SeparatedFacts,
    readonly warnings: readonly HeaderWarning[],
  ) {
    this.header = header;
    this.identity = identity;
    this.uids = {
      sopClassUid: header['SOPClassUID'],
      sopInstanceUid: header['SOPInstanceUID'],
      studyInstanceUid: header['StudyInstanceUID'],
      seriesInstanceUid: header['SeriesInstanceUID'],
    };
  }

  get facts(): Header['facts'] {
    return { ...this.header, ...this.identity };
  }
}

/** Every syntax since the first one is explicit little endian but for the pixels; an unknown one is so too (PS3.5 A.4). */
const encodingOf = (syntax: TransferSyntax | undefined): Encoding => {
  if (syntax === undefined) return explicitLittleEndian;
  if (!syntax.explicit) return implicitLittleEndian;
  return syntax.bigEndian ? explicitBigEndian : explicitLittleEndian;
};
