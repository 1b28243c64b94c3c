import type { Readable } from 'node:stream';
import type { RoutingDirective } from '@waystation/events';
import type { DicomDataset } from './dicom-dataset.js';
import type { JsonObject } from './json.js';

/** Where an object of the output comes from. */
export interface Provenance {
  /** SOP Instance UIDs of the objects of the input that it was made of; all of them where this is left out. */
  readonly from?: readonly string[];
}

/** What a module wants people to be told, by the channels that its rule names. */
export interface NotificationWish {
  /** Also where the rule tells only when a module asks (`requested`). */
  readonly requested: boolean;
  /** Up to a thousand characters; who the patient is is blotted out for channels that may not know. */
  readonly text?: string;
}

/**
 * What a module makes. Nobody sees any of it before the job has succeeded, and nobody ever does where it fails. Whatever
 * throws here makes the job fail, also where the module swallows the error.
 */
export interface ProcessingOutput {
  /**
   * Adds an object: a Part 10 file, in memory or as a stream, or a data set as dcmjs naturalizes it. It is on its way to the
   * object store when this resolves, and the memory may be used again.
   * Throws `job.output-not-dicom` (with the reason), `job.output-too-many`, `job.output-too-large`,
   * `job.output-repeated` (a SOP Instance UID for the second time) and `job.output-closed` (the run is over).
   */
  addInstance(instance: Uint8Array | Readable | DicomDataset, provenance?: Provenance): Promise<void>;
  /**
   * Adds a file of another kind, kept with the job.
   * @param name letters, digits, space, dot, dash, underscore, and slashes between folders
   * Throws `job.output-file-name`, `job.output-too-many`, `job.output-too-large`, `job.output-repeated`, `job.output-closed`.
   */
  addFile(name: string, content: Uint8Array | string | Readable): Promise<void>;
  /**
   * Says what was found, in place of what was said before. Rules can ask for the text, numbers and truth values at its top, as
   * in `result.nodules`; `status` there may be `partial` or `failed`, and is `success` to them otherwise.
   * Throws `job.output-result` where it is no JSON object or larger than a megabyte, and `job.output-closed`.
   */
  setResult(result: JsonObject): void;
  /** Says where the output is to go, where the rule leaves that to the module. Throws `job.output-closed`. */
  setRouting(directive: RoutingDirective): void;
  /** Says what people are to be told once all is done, in place of what was said before. Throws `job.output-closed`. */
  setNotification(wish: NotificationWish): void;
}
