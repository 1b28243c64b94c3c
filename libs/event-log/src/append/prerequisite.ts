/** What a unit of an append waited for did not come true; nothing was written. */
export class PrerequisiteFailed extends Error {}

/** What must be true before a unit of an append may be committed. */
export class Prerequisite {
  #state: 'open' | 'fulfilled' | { readonly reason: unknown } = 'open';
  readonly #settled: Promise<void>;

  constructor(promise: Promise<void>) {
    this.#settled = promise.then(
      () => void (this.#state = 'fulfilled'),
      (reason: unknown) => void (this.#state = { reason }),
    );
  }

  /** Resolves when all have come true, rejects with {@link PrerequisiteFailed}; undefined where nothing is to be waited for. */
  static ofAll(all: readonly (Prerequisite | undefined)[]): Promise<void> | undefined {
    const open = all.filter((one) => one !== undefined).filter((one) => one.#state !== 'fulfilled');
    return open.length === 0 ? undefined : Prerequisite.#allOf(open);
  }

  /** Why it did not come true; undefined where it did. */
  async failure(): Promise<{ readonly reason: unknown } | undefined> {
    await this.#settled;
    return typeof this.#state === 'object' ? this.#state : undefined;
  }

  static async #allOf(all: readonly Prerequisite[]): Promise<void> {
    const failures = await Promise.all(all.map((one) => one.failure()));
    if (failures.some((failure) => failure !== undefined)) throw new PrerequisiteFailed();
  }
}
