import { CodedError } from '@waystation/kernel';

/** Where an engine listens. */
export type EngineAddress = { readonly socketPath: string } | { readonly host: string; readonly port: number };

/**
 * Reads `unix:///var/run/docker.sock` or `http://host:2375`.
 * @throws CodedError `container.engine-address`
 */
export const parseEngineAddress = (text: string): EngineAddress => {
  const socketPath = /^unix:\/\/(\/.+)$/.exec(text)?.[1];
  if (socketPath !== undefined) return { socketPath };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && url.username === '' && url.pathname === '/') {
    return { host: url.hostname, port: Number(url.port || 80) };
  }
  throw new CodedError(
    'container.engine-address',
    `${JSON.stringify(text)} is no address of a container engine: expected unix:///path, http://host:port or kubernetes://namespace/claim`,
  );
};
