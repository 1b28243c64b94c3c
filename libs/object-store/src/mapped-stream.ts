import { finished, PassThrough, type Readable } from 'node:stream';
import type { CodedError } from '@waystation/kernel';

/** The same bytes, with errors in our words. A source that ends too early is an error; destroying one destroys the other. */
export const mappedStream = (source: Readable, fault: (error: unknown) => CodedError): Readable => {
  const mapped = new PassThrough({ highWaterMark: source.readableHighWaterMark });
  finished(source, { writable: false }, (error) => {
    if (error) mapped.destroy(fault(error));
  });
  mapped.once('close', () => source.destroy());
  return source.pipe(mapped);
};
