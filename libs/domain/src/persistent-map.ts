const BUCKETS = 256;

const bucketOf = (key: string): number => {
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(hash, 31) + key.charCodeAt(i)) | 0;
  return hash & (BUCKETS - 1);
};

/**
 * A map whose `set` leaves the old map as it was and copies one bucket instead of everything, so that a pure fold
 * over a series of 20,000 instances stays cheap.
 */
export class PersistentMap<Value> implements Iterable<readonly [string, Value]> {
  private constructor(
    private readonly buckets: readonly (ReadonlyMap<string, Value> | undefined)[],
    readonly size: number,
  ) {}

  static empty<Value>(): PersistentMap<Value> {
    return new PersistentMap<Value>(new Array<undefined>(BUCKETS).fill(undefined), 0);
  }

  get(key: string): Value | undefined {
    return this.buckets[bucketOf(key)]?.get(key);
  }

  has(key: string): boolean {
    return this.buckets[bucketOf(key)]?.has(key) ?? false;
  }

  /** A map with the entry added or replaced. */
  set(key: string, value: Value): PersistentMap<Value> {
    const index = bucketOf(key);
    const bucket = new Map(this.buckets[index]);
    const size = this.size + (bucket.has(key) ? 0 : 1);
    bucket.set(key, value);
    return new PersistentMap(this.buckets.with(index, bucket), size);
  }

  *values(): IterableIterator<Value> {
    for (const [, value] of this) yield value;
  }

  /** Entries in order of key, so that equal maps print equally whatever the order they were filled in. */
  toJSON(): Record<string, Value> {
    return Object.fromEntries([...this].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  *[Symbol.iterator](): IterableIterator<readonly [string, Value]> {
    for (const bucket of this.buckets) if (bucket) yield* bucket;
  }
}
