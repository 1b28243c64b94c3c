import { parentPort } from 'node:worker_threads';
import { CodedError, messageOf } from '@waystation/kernel';
import { decodeFrame } from './decode-frame.js';
import type { Request, Response } from './thread-messages.js';

/** The thread that decodes: one frame after the other, as they are asked for. */
parentPort?.on('message', (request: Request) => void answer(request));

const answer = async (request: Request): Promise<void> => {
  const { buffer, byteOffset, byteLength } = request.bytes;
  try {
    const pixels = await decodeFrame({ ...request, bytes: Buffer.from(buffer, byteOffset, byteLength) });
    reply({ pixels }, ownBuffer(pixels));
  } catch (error) {
    const code = error instanceof CodedError ? error.code : 'dicom-codecs.undecodable';
    reply({ failure: { code, message: messageOf(error) } });
  }
};

const reply = (response: Response, transferred: readonly ArrayBuffer[] = []): void =>
  parentPort?.postMessage(response, transferred);

/** What belongs to the pixels alone is handed over, not copied. */
const ownBuffer = ({ buffer, byteLength }: Uint8Array): readonly ArrayBuffer[] =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
