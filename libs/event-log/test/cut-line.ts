import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a database that can be cut. */
export interface CutLine extends AsyncDisposable {
  /** The URL of the database over this line. */
  readonly url: string;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  mend(): void;
  /** Lets statements through, but cuts the line in place of the next answer: the database does what nobody hears of. */
  swallowNextAnswer(): void;
}

/** A TCP relay in front of a real database. */
export const cutLine = async (databaseUrl: string): Promise<CutLine> => {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let isSwallowing = false;
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
    client.pipe(upstream);
    upstream.on('data', (bytes) => {
      if (!isSwallowing) return void client.write(bytes);
      isSwallowing = false;
      drop();
    });
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
    swallowNextAnswer() {
      isSwallowing = true;
    },
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
