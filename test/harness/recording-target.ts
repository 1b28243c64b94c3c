import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { negotiate, StoreScp } from '@waystation/dicom-network';

/** A PACS that writes down what it gets, every time it gets it. */
export class RecordingTarget {
  /** SHA-256 of the data sets by SOP Instance UID, one for each time the object came whole. */
  readonly received = new Map<string, string[]>();
  /** SOP Instance UIDs in the order in which they came. */
  readonly order: string[] = [];
  /** SOP Instance UIDs that it refuses, with the status it says. */
  readonly refusing = new Map<string, number>();
  /** Called when an object came whole, before it is answered. */
  onObject: (objects: number) => Promise<void> | void = () => undefined;
  /** How often it was called. */
  associations = 0;
  private count = 0;

  private constructor(
    private readonly scp: () => StoreScp,
    private readonly pauseMs: number,
  ) {}

  /**
   * @param pauseMs from the last byte of an object to its answer
   * @param port 0 is any that is free
   */
  static async listen(pauseMs = 0, port = 0): Promise<RecordingTarget> {
    let scp: StoreScp | undefined;
    const target = new RecordingTarget(() => scp as StoreScp, pauseMs);
    scp = await StoreScp.listen({
      host: '127.0.0.1',
      port,
      handlers: {
        associate: ({ contexts }) => ({ accept: negotiate(contexts, (_, [first]) => first) }),
        store: async (_, { sopInstanceUid, data }) => {
          const hash = createHash('sha256');
          for await (const chunk of data) hash.update(chunk);
          await target.take(sopInstanceUid, hash.digest('hex'));
          return { status: target.refusing.get(sopInstanceUid) ?? 0 };
        },
        accepted: () => {
          target.associations++;
        },
        ended: () => undefined,
      },
    });
    return target;
  }

  /** How a configuration names it. */
  configured(name: string): object {
    const retry = { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 1 };
    return { name, kind: 'dicom', host: '127.0.0.1', port: this.scp().port, calledAeTitle: 'PACS', retry };
  }

  get port(): number {
    return this.scp().port;
  }

  /** Objects that came, each as often as it came. */
  get objects(): number {
    return this.count;
  }

  async close(): Promise<void> {
    await this.scp().close(0);
  }

  private async take(sopInstanceUid: string, sha256: string): Promise<void> {
    this.received.set(sopInstanceUid, [...(this.received.get(sopInstanceUid) ?? []), sha256]);
    this.order.push(sopInstanceUid);
    this.count++;
    await this.onObject(this.count);
    await delay(this.pauseMs);
  }
}
