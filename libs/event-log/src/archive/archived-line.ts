import type { StoredEvent } from '../read/stored-event.js';

/** An event as a line of a copy; `data` and `metadata` are text in it, so that their bytes survive any JSON parser. */
export const archivedLine = (event: StoredEvent): string => {
  const { position, stream, sequence, type, time, recordedtime, hash, data, metadata } = event;
  return JSON.stringify({
    position,
    stream,
    sequence,
    type,
    time,
    recordedtime,
    hash: hash.toString('hex'),
    data,
    metadata,
  });
};

/** The event that a line says. @throws SyntaxError, TypeError for what is no such line */
export const fromArchivedLine = (line: string): StoredEvent => {
  const { hash, ...event } = JSON.parse(line) as Omit<StoredEvent, 'hash'> & { readonly hash: string };
  return { ...event, hash: Buffer.from(hash, 'hex') };
};
