import { connect, createServer, type Server, type Socket } from 'node:net';

/** How a connection is cut: in order, or as by a machine that was switched off and answers again. */
export type Cut = 'closed' | 'reset';

/**
 * A wire that breaks: passes connections on to a port of this machine and cuts the first ones in the middle of what the caller
 * sends.
 */
export class CuttingProxy {
  /** Connections that were cut. */
  cuts = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  /**
   * @param after what the caller has sent when it is cut, bytes
   * @param times connections that are cut; later ones are not
   */
  static async listen(to: number, after: number, cut: Cut, times = 1): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(createServer((caller) => proxy.join(caller, to, after, cut, times)));
    await new Promise<void>((resolve, reject) => {
      proxy.server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(caller: Socket, to: number, after: number, cut: Cut, times: number): void {
    const callee = connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [caller, callee],
      [callee, caller],
    ] as const) {
      this.sockets.add(socket.setNoDelay(true));
      socket.on('error', () => other.destroy()).on('close', () => this.sockets.delete(socket));
    }
    callee.pipe(caller);
    let passed = 0;
    caller.on('data', (chunk: Buffer) => {
      const rest = this.cuts < times ? after - passed : Number.POSITIVE_INFINITY;
      passed += chunk.length;
      callee.write(chunk.subarray(0, rest));
      if (chunk.length >= rest) this.break(caller, callee, cut);
    });
    caller.on('end', () => callee.end());
  }

  private break(caller: Socket, callee: Socket, cut: Cut): void {
    this.cuts += 1;
    for (const socket of [caller, callee]) {
      if (cut === 'reset') socket.resetAndDestroy();
      else socket.removeAllListeners('data').unpipe().destroySoon();
    }
  }
}
