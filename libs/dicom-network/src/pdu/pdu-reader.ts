import { PDV_HEADER_LENGTH, pdvControl } from './data-pdu.js';
import { isPduType, PDU_HEADER_LENGTH, type PduType, pduType } from './pdu-type.js';
import { protocolFault } from './protocol-fault.js';

/** Who takes what a reader finds. Whatever it throws ends the reading. */
export interface PduSink {
  /** A PDU of this type begins: the moment to refuse it before its body is there. */
  begin(type: PduType): void;
  /** A whole PDU other than P-DATA-TF, without its header. */
  pdu(type: PduType, body: Buffer): void;
  /** Bytes of a PDV: a view of what was pushed. `endsMessage` is set with the last bytes of the last fragment. */
  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void;
}

/** Room for 128 contexts of 38 transfer syntaxes each, which DCMTK can propose, and a user identity of 64 KiB. */
const ASSOCIATE_LIMIT = 262_144;
/** Content types of TLS records that a peer begins with: an alert, a handshake (RFC 8446 B.1). */
const TLS_RECORDS = new Set([0x15, 0x16]);
/** Implementations that count a PDU or PDV header into the length or out of it are forgiven. */
const LENGTH_SLACK = PDU_HEADER_LENGTH + PDV_HEADER_LENGTH;

/**
 * Finds PDUs and PDVs in the chunks of a connection. Data is handed on as views, never collected; the other PDUs, which
 * are small, are. Nothing is allocated for a length that was not checked.
 */
export class PduReader {
  private readonly head = Buffer.alloc(PDU_HEADER_LENGTH);
  private headFilled = 0;
  private type: PduType | undefined;
  /** Bytes of the current PDU's body that are not yet read. */
  private pduLeft = 0;
  /** Bytes of the current PDV's value that are not yet read; undefined between PDVs. */
  private pdvLeft: number | undefined;
  private contextId = 0;
  private control = 0;
  private body: Buffer | undefined;
  private stopped = false;

  /** @param maximumLength what was announced to the peer as the longest P-DATA-TF, in bytes; not 0 */
  constructor(
    private readonly sink: PduSink,
    private readonly maximumLength: number,
  ) {}

  /** Nothing more is read, not even the rest of the chunk that is being read. */
  stop(): void {
    this.stopped = true;
  }

  /** @throws CodedError with a code of `protocolFault`, and whatever the sink throws */
  push(chunk: Buffer): void {
    try {
      for (let offset = 0; offset < chunk.length && !this.stopped;) {
        if (this.type === undefined) offset = this.readPduHead(chunk, offset);
        else if (this.type !== pduType.data) offset = this.readBody(chunk, offset, this.type);
        else if (this.pdvLeft === undefined) offset = this.readPdvHead(chunk, offset);
        else offset = this.readValue(chunk, offset, this.pdvLeft);
      }
    } catch (error) {
      this.stopped = true;
      throw error;
    }
  }

  private fillHead(chunk: Buffer, offset: number): number {
    const taken = chunk.copy(this.head, this.headFilled, offset, offset + PDU_HEADER_LENGTH - this.headFilled);
    this.headFilled = (this.headFilled + taken) % PDU_HEADER_LENGTH;
    return offset + taken;
  }

  private readPduHead(chunk: Buffer, offset: number): number {
    const next = this.fillHead(chunk, offset);
    // The first byte already tells a stranger, who may never send the other five.
    const type = this.head.readUInt8(0);
    if (!isPduType(type)) {
      const hint = TLS_RECORDS.has(type) ? '; that is how TLS speaks' : '';
      throw protocolFault('dicom-network.unrecognized-pdu', `A PDU has type ${type}, expected 1 to 7${hint}`);
    }
    if (this.headFilled > 0) return next;
    const length = this.head.readUInt32BE(2);
    this.checkLength(type, length);
    this.sink.begin(type);
    this.type = type;
    this.pduLeft = length;
    return next;
  }

  private checkLength(type: PduType, length: number): void {
    const [least, most] =
      type === pduType.data
        ? [PDV_HEADER_LENGTH, this.maximumLength + LENGTH_SLACK]
        : type === pduType.associateRequest || type === pduType.associateAccept
          ? [1, ASSOCIATE_LIMIT]
          : [4, 4];
    if (length >= least && length <= most) return;
    throw protocolFault(
      'dicom-network.invalid-pdu-parameter',
      `A PDU of type ${type} has length ${length}, expected ${least} to ${most}`,
    );
  }

  private readBody(chunk: Buffer, offset: number, type: PduType): number {
    const taken = chunk.subarray(offset, offset + this.pduLeft);
    if (this.body === undefined && taken.length === this.pduLeft) {
      this.pduLeft = 0;
      this.endPdu();
      this.sink.pdu(type, taken);
      return offset + taken.length;
    }
    this.body ??= Buffer.alloc(this.pduLeft);
    taken.copy(this.body, this.body.length - this.pduLeft);
    this.pduLeft -= taken.length;
    if (this.pduLeft === 0) {
      const body = this.body;
      this.body = undefined;
      this.endPdu();
      this.sink.pdu(type, body);
    }
    return offset + taken.length;
  }

  private readPdvHead(chunk: Buffer, offset: number): number {
    const next = this.fillHead(chunk, offset);
    if (this.headFilled > 0) return next;
    this.pduLeft -= PDV_HEADER_LENGTH;
    const length = this.head.readUInt32BE(0) - 2;
    if (length < 0 || length > this.pduLeft) {
      throw protocolFault(
        'dicom-network.invalid-pdu-parameter',
        `A PDV has ${length} value bytes, expected 0 to the ${this.pduLeft} that its PDU still has`,
      );
    }
    this.contextId = this.head.readUInt8(4);
    this.control = this.head.readUInt8(5);
    this.pdvLeft = length;
    return length === 0 ? this.readValue(chunk, next, 0) : next;
  }

  private readValue(chunk: Buffer, offset: number, pdvLeft: number): number {
    const bytes = chunk.subarray(offset, offset + pdvLeft);
    const complete = bytes.length === pdvLeft;
    this.pduLeft -= bytes.length;
    this.pdvLeft = complete ? undefined : pdvLeft - bytes.length;
    if (complete) this.endPdv();
    const endsMessage = complete && (this.control & pdvControl.last) !== 0;
    this.sink.fragment(this.contextId, (this.control & pdvControl.command) !== 0, bytes, endsMessage);
    return offset + bytes.length;
  }

  private endPdv(): void {
    if (this.pduLeft === 0) this.endPdu();
    else if (this.pduLeft < PDV_HEADER_LENGTH) {
      throw protocolFault(
        'dicom-network.invalid-pdu-parameter',
        `A P-DATA-TF PDU ends with ${this.pduLeft} bytes that are no PDV`,
      );
    }
  }

  private endPdu(): void {
    this.type = undefined;
  }
}
