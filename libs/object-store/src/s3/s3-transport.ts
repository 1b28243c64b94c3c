import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';

/** The server answered that it cannot. `minio` would drop the answer unread and with it the connection. */
export class S3ServerFault extends Error {
  constructor(readonly status: number) {
    super(`the server answered with status ${status}`);
    this.name = 'S3ServerFault';
  }
}

/** What `minio` takes for worth repeating; repeating is our business. */
const isServerFault = (status: number): boolean => status >= 500 || [408, 429, 499].includes(status);

/**
 * Ends a request after `timeoutMs` of silence: while connecting, while sending and while waiting or reading. A reader who
 * leaves what has arrived is slow, not the server.
 */
const endWhenSilent = (
  request: ClientRequest,
  response: () => IncomingMessage | undefined,
  timeoutMs: number,
): void => {
  request.on('timeout', () => {
    const answer = response();
    if (answer && answer.readableLength > 0) request.setTimeout(timeoutMs);
    else (answer ?? request).destroy(new Error(`no byte for ${timeoutMs} ms`));
  });
};

/** What `minio` sends its requests by: Node's own, with a timeout and with server faults as errors. */
export const s3Transport = (tls: boolean, timeoutMs: number): Pick<typeof http, 'request'> => {
  const request = (options: RequestOptions, answered: (response: IncomingMessage) => void): ClientRequest => {
    let response: IncomingMessage | undefined;
    const outgoing = (tls ? https : http).request({ ...options, timeout: timeoutMs }, (incoming) => {
      response = incoming;
      const status = incoming.statusCode ?? 0;
      if (!isServerFault(status)) return answered(incoming);
      incoming.resume();
      outgoing.emit('error', new S3ServerFault(status));
    });
    endWhenSilent(outgoing, () => response, timeoutMs);
    return outgoing;
  };
  return { request: request as typeof http.request };
};
