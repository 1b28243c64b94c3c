/** Objects on their way to the object store at the same time. */
const MOST = 8;
/** Bytes of them together, unless one alone has more. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Brings objects to the object store, several at a time: a store that answers late then delays nobody who makes the next. */
export class Uploads {
  private readonly underWay = new Set<Promise<void>>();
  private bytes = 0;

  /** @param onFault told what went wrong; whoever started it does not hear of it */
  constructor(private readonly onFault: (error: unknown) => void) {}

  /** Starts one as soon as there is room; resolves then. */
  async start(size: number, upload: () => Promise<unknown>): Promise<void> {
    while (this.underWay.size > 0 && (this.underWay.size >= MOST || this.bytes + size > MOST_BYTES))
      await Promise.race(this.underWay);
    this.bytes += size;
    const work = this.run(upload).finally(() => {
      this.underWay.delete(work);
      this.bytes -= size;
    });
    this.underWay.add(work);
  }

  /** Resolves when all are over. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async run(upload: () => Promise<unknown>): Promise<void> {
    try {
      await upload();
    } catch (error) {
      this.onFault(error);
    }
  }
}
