import { CodedError } from '@waystation/kernel';
import { tagText } from '../dictionary/tag-text.js';
import type { HeaderWarnings } from './header-warnings.js';

/** Watches the sequence of the data set's own elements: ascending, each once (PS3.5 7.1), and not endless. */
export class TopLevelOrder {
  /** The tag that came last; -1 before the first. */
  reached = -1;
  private count = 0;

  constructor(
    private readonly warnings: HeaderWarnings,
    private readonly limit: number,
  ) {}

  /** Throws `dicom.limit-exceeded`. */
  check(tag: number, offset: number): void {
    if (++this.count > this.limit) {
      throw new CodedError(
        'dicom.limit-exceeded',
        `data set has more than ${this.limit} elements before byte ${offset}`,
        {
          details: { offset },
        },
      );
    }
    if (tag <= this.reached) this.warnOfOrder(tag, offset);
    this.reached = tag;
    if (tag < 0x00030000) this.warnOfGroup(tag, offset);
  }

  private warnOfOrder(tag: number, offset: number): void {
    const before = this.reached;
    if (tag === before) {
      this.warnings.add(
        'dicom.element-duplicated',
        () => `element ${tagText(tag)} comes again at byte ${offset}; the first holds`,
      );
    } else {
      this.warnings.add(
        'dicom.element-order',
        () => `element ${tagText(tag)} at byte ${offset} comes behind element ${tagText(before)}`,
      );
    }
  }

  /** Groups 0000H and 0002H belong to the command and the file meta information (PS3.7 6.3.1, PS3.10 7.1). */
  private warnOfGroup(tag: number, offset: number): void {
    this.warnings.add(
      'dicom.group-misplaced',
      () => `element ${tagText(tag)} at byte ${offset} belongs to no data set`,
    );
  }
}
