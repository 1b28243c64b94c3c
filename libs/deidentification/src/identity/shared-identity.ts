import { ByteSource, inflated } from '@waystation/dicom';
import { ElementReader } from '../data-set/element-reader.js';
import { defaultReadingLimits, type ReadingLimits } from '../data-set/reading-limits.js';
import { encodingOf, syntaxOf } from '../data-set/syntax-of.js';
import { TokenCollector, type IdentityTokens } from './identity-tokens.js';

/**
 * What says who is in objects that belong together: read from all of them first, so that a name that only one of them has as
 * such is found in the texts of the others.
 */
export class SharedIdentity {
  private readonly collector = new TokenCollector();

  /**
   * Reads a data set (without file meta information) up to its pixel data, which ends the pieces.
   * @throws `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`, `deidentification.syntax-unknown`
   */
  async read(
    pieces: AsyncIterable<Buffer>,
    transferSyntaxUid: string,
    limits: Partial<ReadingLimits> = {},
  ): Promise<void> {
    const syntax = syntaxOf(transferSyntaxUid);
    const encoding = encodingOf(syntax);
    const source = new ByteSource(syntax.deflated ? inflated(pieces) : pieces);
    try {
      const reader = new ElementReader(source, { ...defaultReadingLimits, ...limits });
      const { elements } = await reader.topLevel(encoding);
      this.collector.add(elements);
    } finally {
      await source.close();
    }
  }

  /** Throws `deidentification.identity-too-large` where so much cannot be looked for in all that is said. */
  get tokens(): IdentityTokens {
    return this.collector.tokens();
  }
}
