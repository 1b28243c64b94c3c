import { protocolFault } from '../pdu/protocol-fault.js';

const LIMIT = 65_536;
const FIRST_SIZE = 512;

/** Puts the fragments of a command set together. They are copied: a fragment of one byte must not hold a whole chunk. */
export class CommandCollector {
  private bytes = Buffer.alloc(0);
  private length = 0;

  /**
   * Adds a fragment; gives the command set with its last one.
   * @throws CodedError `dicom-network.invalid-pdu-parameter` where it grows over 64 KiB
   */
  add(fragment: Buffer, last: boolean): Buffer | undefined {
    if (last && this.length === 0) return fragment;
    this.reserve(this.length + fragment.length);
    this.length += fragment.copy(this.bytes, this.length);
    if (!last) return undefined;
    const command = this.bytes.subarray(0, this.length);
    this.bytes = Buffer.alloc(0);
    this.length = 0;
    return command;
  }

  private reserve(length: number): void {
    if (length > LIMIT) {
      throw protocolFault('dicom-network.invalid-pdu-parameter', `A command set is longer than ${LIMIT} bytes`);
    }
    if (length <= this.bytes.length) return;
    const larger = Buffer.alloc(Math.max(length, FIRST_SIZE, Math.min(LIMIT, this.bytes.length * 2)));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
