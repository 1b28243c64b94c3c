import { once } from 'node:events';
import { createServer } from 'node:net';
import { CodedError, hasCode } from '@waystation/kernel';

/**
 * Makes sure that nobody listens on the port, before Postgres fails on it in its own words.
 *
 * @param port 0 means any that is free
 * @returns the port
 * @throws CodedError `embedded-postgres.port-taken`
 */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    await once(server.listen(port, host), 'listening');
  } catch (cause) {
    if (hasCode(cause, 'EADDRINUSE')) throw portTaken(host, port, cause);
    throw cause;
  }
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : port;
}

export const portTaken = (host: string, port: number, cause?: unknown): CodedError =>
  new CodedError(
    'embedded-postgres.port-taken',
    `Embedded Postgres wants port ${port} on ${host}, but another program listens there`,
    { cause, details: { host, port } },
  );
