import { once } from 'node:events';
import { connect } from 'node:net';

/** True when something accepts TCP connections on that port of 127.0.0.1. */
export async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** True when that address gives any HTTP answer below 500. */
export async function answersHttp(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status < 500,
    () => false,
  );
}
