import { createHash } from 'node:crypto';
import type { Ending } from '../src/association/ending.js';
import { negotiate } from '../src/association/negotiate.js';
import type {
  Association,
  Refusal,
  StoreAnswer,
  StoreRequest,
  StoreScpHandlers,
} from '../src/scp/store-scp-handlers.js';
import { StoreScp, type StoreScpOptions } from '../src/scp/store-scp.js';
import { closeLater } from './opened.js';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** What arrived, in the order it was complete. */
export interface Received {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly sha256: string;
}

/** Waits until something holds; a test that waits in vain runs into its own timeout. */
export const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** A `StoreScp` that takes everything and remembers it. `closeOpened` closes it. */
export class Receiver {
  readonly received: Received[] = [];
  readonly accepted: Association[] = [];
  readonly refused: Refusal[] = [];
  readonly endings: Ending[] = [];
  readonly broken: unknown[] = [];
  readonly failures: unknown[] = [];
  private scp: StoreScp | undefined;

  static async start(
    handlers: Partial<StoreScpHandlers> = {},
    options: Partial<Omit<StoreScpOptions, 'handlers'>> = {},
  ): Promise<Receiver> {
    const receiver = new Receiver();
    receiver.scp = await StoreScp.listen({
      host: '127.0.0.1',
      port: 0,
      ...options,
      handlers: { ...receiver.handlers(), ...handlers },
    });
    closeLater(() => receiver.close());
    return receiver;
  }

  get port(): number {
    return this.scp?.port ?? 0;
  }

  close(graceMs = 0): Promise<void> {
    return this.scp?.close(graceMs) ?? Promise.resolve();
  }

  async take(request: StoreRequest): Promise<StoreAnswer> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of request.data) hash.update(chunk);
    } catch (error) {
      this.broken.push(error);
      throw error;
    }
    const { sopInstanceUid, sopClassUid, transferSyntaxUid } = request;
    this.received.push({ sopInstanceUid, sopClassUid, transferSyntaxUid, sha256: hash.digest('hex') });
    return { status: 0x0000 };
  }

  private handlers(): StoreScpHandlers {
    return {
      associate: (request) => ({ accept: negotiate(request.contexts, (_, syntaxes) => syntaxes[0]) }),
      refused: (refusal) => this.refused.push(refusal),
      accepted: (association) => this.accepted.push(association),
      store: (_, request) => this.take(request),
      handlerFailed: (error) => this.failures.push(error),
      ended: (_, ending) => this.endings.push(ending),
    };
  }
}
