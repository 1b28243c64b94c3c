import type { Readable } from 'node:stream';
import type { Facts } from '@waystation/events';
import type { DicomDataset } from './dicom-dataset.js';

/** One object of the input. Nothing is read before it is asked for. */
export interface InputInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** Bytes of the Part 10 file. */
  readonly size: number;
  /** Its header by keyword, as rules see it, without what identifies the patient: that is in the object itself. */
  readonly facts: Facts;
  /**
   * The Part 10 file as a stream, pixel data included. It ends with `job.input-damaged` where the bytes are not those that
   * were decided on: whoever read them must not use them.
   */
  open(): Promise<Readable>;
  /** Its whole header by keyword, with what identifies the patient; only as much is in memory. Throws `job.input-damaged`. */
  header(): Promise<Facts>;
  /** The Part 10 file in memory. Throws `job.input-damaged`. */
  part10(): Promise<Buffer>;
  /** The data set as dcmjs naturalizes it: elements by keyword, sequences as lists. Throws `job.input-damaged`. */
  dataset(): Promise<DicomDataset>;
  /** The data set in the DICOM JSON model (PS3.18 annex F), bulk data inline. Throws `job.input-damaged`. */
  dicomJson(): Promise<Readonly<Record<string, DicomJsonElement>>>;
}

/** One element in the DICOM JSON model (PS3.18 F.2.2). */
export interface DicomJsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly InlineBinary?: string;
}

/** The objects of one series. */
export interface InputSeries {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: string | undefined;
  /** By Instance Number, then in the order in which they came. */
  readonly instances: readonly InputInstance[];
}

/** Exactly the objects that were decided on. */
export interface ProcessingInput extends AsyncIterable<InputInstance> {
  readonly studyInstanceUid: string;
  readonly instances: readonly InputInstance[];
  readonly series: readonly InputSeries[];
}
