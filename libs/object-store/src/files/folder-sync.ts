import { open } from 'node:fs/promises';

const fsync = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

interface Round {
  readonly running: Promise<void>;
  next: Promise<void> | undefined;
}

/** Makes the names in folders durable. While a folder is being synced, all who ask meanwhile share one more round. */
export class FolderSync {
  private readonly rounds = new Map<string, Round>();

  /**
   * Resolves when everything that was in the folder at the time of the call is durable. A round that is under way may have
   * begun too early to count. Where it fails the waiting one fails too: the kernel reports a lost write only once.
   */
  sync(folder: string): Promise<void> {
    const round = this.rounds.get(folder);
    if (!round) return this.start(folder);
    round.next ??= round.running.then(
      () => this.start(folder),
      (error: unknown) => {
        this.rounds.delete(folder);
        throw error;
      },
    );
    return round.next;
  }

  private start(folder: string): Promise<void> {
    const round: Round = {
      running: fsync(folder).finally(() => {
        if (!round.next) this.rounds.delete(folder);
      }),
      next: undefined,
    };
    this.rounds.set(folder, round);
    return round.running;
  }
}
