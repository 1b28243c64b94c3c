import { CodedError, messageOf } from '@waystation/kernel';
import { linesOf } from '../http/lines-of.js';
import type { Image, ImageRequest } from '../executor/image.js';
import type { EngineConnection } from './engine-connection.js';
import { imageOf } from './image-of.js';

/**
 * Gets an image as its pull policy says.
 * @throws CodedError `container.image-unavailable`, `container.engine-unreachable`
 */
export const prepareImage = async (
  engine: EngineConnection,
  wanted: ImageRequest,
  signal: AbortSignal,
): Promise<Image> => {
  const present = wanted.pull === 'always' ? undefined : await inspect(engine, wanted.reference, signal);
  if (present !== undefined) return present;
  if (wanted.pull !== 'never') await pull(engine, wanted, signal);
  const image = await inspect(engine, wanted.reference, signal);
  if (image !== undefined) return image;
  const sentence =
    wanted.pull === 'never' ? 'it is not there, and is never pulled' : 'it is not there after it was pulled';
  throw unavailable(wanted, sentence);
};

const inspect = async (
  engine: EngineConnection,
  reference: string,
  signal: AbortSignal,
): Promise<Image | undefined> => {
  try {
    const answer = await engine.json({ method: 'GET', path: `/images/${encodeURIComponent(reference)}/json`, signal });
    return imageOf(reference, answer);
  } catch (error) {
    if (error instanceof CodedError && error.details['status'] === 404) return undefined;
    throw error;
  }
};

const pull = async (engine: EngineConnection, wanted: ImageRequest, signal: AbortSignal): Promise<void> => {
  const query = new URLSearchParams({ fromImage: wanted.reference });
  // Without a tag every one that there is would be pulled.
  if (!/(@[^/]+|:[^/]+)$/.test(wanted.reference)) query.set('tag', 'latest');
  try {
    const headers = authorization(wanted);
    const answer = await engine.open({ method: 'POST', path: `/images/create?${query.toString()}`, headers, signal });
    for await (const line of linesOf(answer)) {
      const { error } = JSON.parse(line) as { readonly error?: unknown };
      if (typeof error === 'string') throw unavailable(wanted, error);
    }
  } catch (error) {
    if (error instanceof CodedError && error.code !== 'container.engine-refused') throw error;
    if (signal.aborted) throw signal.reason;
    throw unavailable(wanted, messageOf(error), error);
  }
};

const authorization = ({ credentials, reference }: ImageRequest): Record<string, string> => {
  if (credentials === undefined) return {};
  const { user: username, password } = credentials;
  const serveraddress = reference.split('/')[0];
  const shown = JSON.stringify({ username, password, serveraddress });
  // Base64 for URLs (RFC 4648 chapter 5) with its padding, which engines insist on and Node leaves out.
  return { 'x-registry-auth': Buffer.from(shown).toString('base64').replaceAll('+', '-').replaceAll('/', '_') };
};

const unavailable = ({ reference }: ImageRequest, why: string, cause?: unknown): CodedError =>
  new CodedError('container.image-unavailable', `the image ${reference} cannot be had: ${why}`, { cause });
