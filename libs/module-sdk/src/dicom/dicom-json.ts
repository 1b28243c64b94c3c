import type { DicomJsonElement } from '../module/processing-input.js';
import { loadDcmjs } from './load-dcmjs.js';

type Elements = Readonly<Record<string, { readonly vr: string; readonly Value?: readonly unknown[] }>>;

/** The data set of a Part 10 file in the DICOM JSON model (PS3.18 F.2). Throws what dcmjs throws. */
export const dicomJson = async (part10: Buffer): Promise<Readonly<Record<string, DicomJsonElement>>> => {
  const { DicomMessage } = await loadDcmjs();
  return jsonOf(DicomMessage.readFile(new Uint8Array(part10).buffer).dict);
};

const jsonOf = (elements: Elements): Record<string, DicomJsonElement> =>
  Object.fromEntries(Object.entries(elements).map(([tag, element]) => [tag.toUpperCase(), elementOf(element)]));

const elementOf = ({ vr, Value: values = [] }: Elements[string]): DicomJsonElement => {
  if (vr === 'SQ') return { vr, Value: values.map((item) => jsonOf(item as Elements)) };
  const binary = values.flatMap((value) => (isBytes(value) ? [bufferOf(value)] : []));
  if (binary.length > 0) return { vr, InlineBinary: Buffer.concat(binary).toString('base64') };
  const present = values.filter((value) => value !== undefined && value !== '');
  return present.length === 0 ? { vr } : { vr, Value: values.map((value) => (value === '' ? null : value)) };
};

const isBytes = (value: unknown): value is ArrayBuffer | Uint8Array =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value);

const bufferOf = (value: ArrayBuffer | Uint8Array): Buffer =>
  value instanceof ArrayBuffer ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
