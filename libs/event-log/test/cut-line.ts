import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a database that can be cut. */
export interface CutLine extends AsyncDisposable {
  /** The URL of the database over this line. */
  readonly url: string;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  mend(): void;
  /** Lets the next append through, and cuts the line in place of its answer: the database does what nobody hears of. */
  swallowNextAppend(): void;
}

/** A TCP relay in front of a real database. */
export const cutLine = async (databaseUrl: string): Promise<CutLine> => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isWaitingForAppend = false;
  const drop = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const server = createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    let isUnheard = false;
    client.on('data', (bytes) => {
      if (isWaitingForAppend && bytes.includes('log-append')) [isWaitingForAppend, isUnheard] = [false, true];
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => void (isUnheard ? drop() : client.write(bytes)));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    swallowNextAppend() {
      isWaitingForAppend = true;
    },
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
