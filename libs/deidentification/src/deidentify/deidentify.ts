import { ByteSource, coalesced, deflated, inflated, type Encoding, type TransferSyntax } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import type { Elements } from '../data-set/element.js';
import { ElementReader, type PixelHeader } from '../data-set/element-reader.js';
import { passPixels } from '../data-set/pass-pixels.js';
import { defaultReadingLimits, type ReadingLimits } from '../data-set/reading-limits.js';
import { encodingOf, syntaxOf } from '../data-set/syntax-of.js';
import { asciiAt } from '../data-set/value-of.js';
import { writeElements } from '../data-set/write-elements.js';
import { daysMoved } from '../identity/days-moved.js';
import { TokenCollector, type IdentityTokens } from '../identity/identity-tokens.js';
import { pseudonym } from '../identity/pseudonym.js';
import { matcherOf } from '../identity/token-matcher.js';
import { checkProfile, type Profile } from '../profile/profile.js';
import { ElementTreatment } from './element-treatment.js';
import type { HoldReason } from './hold-reason.js';
import { methodElements } from './method.js';
import { patientKeyOf } from './patient-key.js';
import type { Report } from './report.js';
import { SafePrivate } from './safe-private.js';
import { topScope } from './scope.js';
import { whyHeld } from './why-held.js';

/** How a data set is de-identified. */
export interface Deidentification {
  readonly transferSyntaxUid: string;
  readonly profile: Profile;
  /** At least 16 characters. The same secret gives the same UIDs, pseudonyms and dates for the same ones. */
  readonly secret: string;
  /** What is known of the patient beside what the data set says: names and numbers to look for in texts. */
  readonly known?: readonly string[] | undefined;
  /** What says who is in objects that belong to this one, see `SharedIdentity`. */
  readonly shared?: IdentityTokens | undefined;
  readonly report?: Report | undefined;
  readonly limits?: Partial<ReadingLimits> | undefined;
}

export interface Deidentified {
  readonly outcome: 'deidentified';
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /**
   * The data set (without file meta information) in its transfer syntax, once. Ends with `dicom.malformed` or
   * `dicom.truncated` where the rest does not make sense: what came by then is not to be used.
   */
  readonly pieces: AsyncIterable<Buffer>;
}

/** Not to be let out before a person has looked at it. */
export interface Held {
  readonly outcome: 'held';
  readonly reasons: readonly HoldReason[];
}

const SHORTEST_SECRET = 16;
const SOP_CLASS = 0x00080016;
const SOP_INSTANCE = 0x00080018;

/**
 * A data set (without file meta information) by the basic profile of PS3.15 Annex E with options. All but top-level pixel
 * data is held in memory; pixel data passes by as it is, but for comments in headers of compressed frames. Every transfer
 * syntax of PS3.6 is read and written. The pieces must not be changed before the result has been read.
 *
 * @throws `dicom.malformed`, `dicom.truncated`, `dicom.limit-exceeded`, `deidentification.options-contradict`,
 *   `deidentification.secret-too-short`, `deidentification.syntax-unknown`, `deidentification.identity-too-large`, `deidentification.not-an-instance`
 */
export const deidentify = async (
  pieces: AsyncIterable<Buffer>,
  asked: Deidentification,
): Promise<Deidentified | Held> => {
  const { transferSyntaxUid, profile } = asked;
  const syntax = checked(asked);
  const source = new ByteSource(syntax.deflated ? inflated(pieces) : pieces);
  try {
    const reader = new ElementReader(source, { ...defaultReadingLimits, ...asked.limits });
    const head = await reader.topLevel(encodingOf(syntax));
    const reasons = whyHeld(head.elements, head.pixels !== undefined).filter((one) => !profile.allow?.includes(one));
    if (reasons.length > 0) {
      await source.close();
      return { outcome: 'held', reasons };
    }
    const treatment = treatmentOf(head.elements, asked);
    const elements = [...treatment.all(head.elements, topScope(head.elements)), ...methodElements(profile)];
    const [sopClassUid, sopInstanceUid] = [asciiAt(elements, SOP_CLASS), asciiAt(elements, SOP_INSTANCE)];
    if (sopClassUid === '' || sopInstanceUid === '') throw notAnInstance();
    const written = coalesced(write({ source, reader, treatment, elements, pixels: head.pixels }, encodingOf(syntax)));
    const out = syntax.deflated ? deflated(written) : written;
    return { outcome: 'deidentified', sopClassUid, sopInstanceUid, transferSyntaxUid, pieces: out };
  } catch (error) {
    await source.close();
    throw error;
  }
};

interface Writing {
  readonly source: ByteSource;
  readonly reader: ElementReader;
  readonly treatment: ElementTreatment;
  readonly elements: Elements;
  readonly pixels: PixelHeader | undefined;
}

async function* write(writing: Writing, to: Encoding): AsyncGenerator<Buffer> {
  const { source, reader, treatment } = writing;
  try {
    yield* writeElements(writing.elements, to);
    for (let { pixels } = writing; pixels !== undefined;) {
      const { tag } = pixels;
      yield* passPixels(source, pixels, to);
      const rest = await reader.topLevel(to);
      const behind = rest.elements.filter((element) => element.tag > tag);
      yield* writeElements(treatment.all(behind, topScope(writing.elements)), to);
      if (rest.pixels !== undefined && rest.pixels.tag <= tag) throw twice();
      pixels = rest.pixels;
    }
  } finally {
    await source.close();
  }
}

const treatmentOf = (
  elements: Elements,
  { profile, secret, known, shared, report }: Deidentification,
): ElementTreatment => {
  const collector = new TokenCollector(known, shared);
  collector.add(elements);
  const key = patientKeyOf(elements);
  return new ElementTreatment({
    profile,
    secret,
    pseudonym: pseudonym(key, secret),
    days: daysMoved(key, secret),
    matcher: matcherOf(collector.tokens()),
    safePrivate: new SafePrivate(elements),
    report: report ?? (() => undefined),
  });
};

const checked = ({ transferSyntaxUid, profile, secret }: Deidentification): TransferSyntax => {
  checkProfile(profile);
  if (secret.length < SHORTEST_SECRET) {
    const message = `secret of ${secret.length} characters, expected at least ${SHORTEST_SECRET}`;
    throw new CodedError('deidentification.secret-too-short', message);
  }
  return syntaxOf(transferSyntaxUid);
};

const notAnInstance = (): CodedError =>
  new CodedError('deidentification.not-an-instance', 'data set has no SOP Class UID or no SOP Instance UID');

const twice = (): CodedError => new CodedError('dicom.malformed', 'data set has pixel data twice');
