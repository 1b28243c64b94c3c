import { connect } from 'node:net';
import { answersIn } from './answers.mjs';

/** Who attacks has an address of its own, so that its limits are not those of the good peers. */
export const ATTACKER = '127.0.0.2';
/** A connection that the receiver leaves open for so long hangs: every patience of it is far shorter. */
export const HANG_MS = 30_000;

/**
 * Says something on a connection of its own and waits until the receiver has closed it.
 * @param endBy `end` says that nothing more comes, `reset` breaks off, `leave` after the first answer, `stay` waits
 */
export function speak(port, chunks, { endBy = 'end', pauseMs = 0, hangMs = HANG_MS } = {}) {
  return new Promise((resolve) => {
    const received = [];
    const socket = connect({ port, host: '127.0.0.1', localAddress: ATTACKER, noDelay: true });
    let [hung, connected] = [false, false];
    const limit = setTimeout(() => {
      hung = true;
      socket.destroy();
    }, hangMs);
    socket.on('data', (chunk) => {
      received.push(chunk);
      if (endBy === 'leave') socket.resetAndDestroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(limit);
      const bytes = Buffer.concat(received);
      resolve({ hung, connected, endBy, sent: socket.bytesWritten, received: bytes, ...answersIn(bytes) });
    });
    socket.on('connect', () => {
      connected = true;
      void say(socket, chunks, pauseMs).then(() => finish(socket, endBy));
    });
  });
}

async function say(socket, chunks, pauseMs) {
  for (const chunk of chunks) {
    if (socket.destroyed) return;
    if (!socket.write(chunk)) await drained(socket);
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

const drained = (socket) =>
  new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });

function finish(socket, endBy) {
  if (endBy === 'end') socket.end();
  if (endBy === 'reset') socket.resetAndDestroy();
}
