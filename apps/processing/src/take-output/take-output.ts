import { constants, type ReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { outputEntries, readModuleResult, type OutputBounds, type OutputEntry } from '@waystation/containers';
import { CodedError } from '@waystation/kernel';
import type { JobLog, JsonObject, ProcessingOutput } from '@waystation/module-sdk';
import { fileName } from './file-name.js';

const RESULT = 'result.json';
/** Bytes. */
const LARGEST_RESULT = 1024 * 1024;
/** Descriptions of the input that modules copy along. */
const description = /(^|\/)(task\.json|[^/]*\.tags)$/;

/**
 * Takes what a container has left in its folder, once it has ended: DICOM files, wherever they lie, become objects; `result.json`
 * is what it found; everything else is kept as it is.
 *
 * @throws CodedError `container.result-unreadable`, those of {@link outputEntries}, and what the
 *   output throws
 */
export const takeOutput = async (
  folder: string,
  output: ProcessingOutput,
  bounds: OutputBounds,
  log: JobLog,
): Promise<void> => {
  const entries = (await outputEntries(folder, bounds)).filter(({ name }) => !description.test(name));
  const names = new Set<string>();
  for (const entry of entries) {
    if (entry.name === RESULT) await takeResult(entry, output);
    else if (await isDicom(entry)) await takeInstance(entry, output, log);
    else await output.addFile(fileName(entry.name, names), await contentOf(entry));
  }
};

const takeInstance = async (entry: OutputEntry, output: ProcessingOutput, log: JobLog): Promise<void> => {
  try {
    await output.addInstance(await contentOf(entry));
  } catch (error) {
    log.error(`${entry.name} was not taken`);
    throw error;
  }
};

const takeResult = async (entry: OutputEntry, output: ProcessingOutput): Promise<void> => {
  if (entry.size > LARGEST_RESULT) {
    throw fault('result-unreadable', `the result.json of the module has more than ${LARGEST_RESULT} bytes`);
  }
  const { result, routing, notification } = readModuleResult(await text(await contentOf(entry)));
  output.setResult(result as JsonObject);
  if (routing !== undefined) output.setRouting(routing);
  if (notification !== undefined) output.setNotification(notification);
};

/** By its name, or by what stands behind the preamble (PS3.10 7.1). */
const isDicom = async (entry: OutputEntry): Promise<boolean> => {
  if (/\.dcm$/i.test(entry.name)) return true;
  const file = await openEntry(entry);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 128);
    return bytesRead === 4 && buffer.toString('latin1') === 'DICM';
  } finally {
    await file.close();
  }
};

/** Nothing is followed, should it have become a link meanwhile. */
const openEntry = ({ path }: OutputEntry): Promise<FileHandle> => open(path, constants.O_RDONLY | constants.O_NOFOLLOW);

const contentOf = async (entry: OutputEntry): Promise<ReadStream> => (await openEntry(entry)).createReadStream();

const fault = (code: string, message: string): CodedError =>
  new CodedError(`container.${code}`, message, { details: { retryable: false } });
