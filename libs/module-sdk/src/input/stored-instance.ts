import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { HeaderReader } from '@waystation/dicom';
import type { ObjectStore } from '@waystation/object-store';
import { dicomJson } from '../dicom/dicom-json.js';
import { naturalized } from '../dicom/naturalized.js';
import type { DicomDataset } from '../module/dicom-dataset.js';
import type { DicomJsonElement, InputInstance } from '../module/processing-input.js';
import type { SourceInstance } from './source-instance.js';
import { verifiedBytes } from './verified-bytes.js';

/** An object of the input, read from the object store when somebody asks for it. */
export class StoredInstance implements InputInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly size: number;
  readonly facts: InputInstance['facts'];

  constructor(
    private readonly source: SourceInstance,
    private readonly objects: Pick<ObjectStore, 'get'>,
  ) {
    this.sopInstanceUid = source.sopInstanceUid;
    this.sopClassUid = source.sopClassUid;
    this.transferSyntaxUid = source.transferSyntaxUid;
    this.seriesInstanceUid = source.seriesInstanceUid;
    this.studyInstanceUid = source.studyInstanceUid;
    this.size = source.object.size;
    this.facts = source.facts;
  }

  async open(): Promise<Readable> {
    const { object } = this.source;
    return verifiedBytes(await this.objects.get(object.key), object);
  }

  async header(): Promise<InputInstance['facts']> {
    const { dataSetOffset } = this.source.object;
    const reader = new HeaderReader(this.transferSyntaxUid);
    let at = 0;
    for await (const piece of (await this.open()) as AsyncIterable<Buffer>) {
      reader.push(piece.subarray(Math.max(0, dataSetOffset - at)));
      at += piece.length;
    }
    return reader.end().facts;
  }

  async part10(): Promise<Buffer> {
    return buffer(await this.open());
  }

  async dataset(): Promise<DicomDataset> {
    return naturalized(await this.part10());
  }

  async dicomJson(): Promise<Readonly<Record<string, DicomJsonElement>>> {
    return dicomJson(await this.part10());
  }
}
