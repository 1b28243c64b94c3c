/** Groups of a map, and buckets of a group. */
const WIDTH = 16;
/** Characters at the end of a key that say which bucket is its: UIDs differ there. */
const TELLING = 24;

const hashOf = (key: string): number => {
  let hash = 0;
  for (let at = Math.max(0, key.length - TELLING); at < key.length; at++)
    hash = (Math.imul(hash, 31) + key.charCodeAt(at)) | 0;
  return hash & (WIDTH * WIDTH - 1);
};

type Bucket<Value> = ReadonlyMap<string, Value>;
type Group<Value> = readonly (Bucket<Value> | undefined)[];

const NO_GROUP: Group<never> = new Array<undefined>(WIDTH).fill(undefined);

/**
 * A map whose `set` leaves the old map as it was and copies one bucket and the way to it instead of everything, so that a
 * pure fold over a series of 20,000 instances stays cheap.
 */
export class PersistentMap<Value> implements Iterable<readonly [string, Value]> {
  private constructor(
    private readonly groups: readonly Group<Value>[],
    readonly size: number,
  ) {}

  static empty<Value>(): PersistentMap<Value> {
    return new PersistentMap<Value>(new Array<Group<Value>>(WIDTH).fill(NO_GROUP), 0);
  }

  get(key: string): Value | undefined {
    return this.#bucketAt(hashOf(key))?.get(key);
  }

  has(key: string): boolean {
    return this.#bucketAt(hashOf(key))?.has(key) ?? false;
  }

  /** A map with the entry added or replaced. */
  set(key: string, value: Value): PersistentMap<Value> {
    const hash = hashOf(key);
    const [at, index] = [Math.floor(hash / WIDTH), hash % WIDTH];
    const group = this.groups[at] ?? NO_GROUP;
    const bucket = new Map(group[index]).set(key, value);
    const size = this.size + bucket.size - (group[index]?.size ?? 0);
    return new PersistentMap(this.groups.with(at, group.with(index, bucket)), size);
  }

  *values(): IterableIterator<Value> {
    for (const [, value] of this) yield value;
  }

  /** Entries in order of key, so that equal maps print equally whatever the order they were filled in. */
  toJSON(): Record<string, Value> {
    return Object.fromEntries([...this].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  *[Symbol.iterator](): IterableIterator<readonly [string, Value]> {
    for (const group of this.groups) for (const bucket of group) if (bucket) yield* bucket;
  }

  #bucketAt(hash: number): Bucket<Value> | undefined {
    return this.groups[Math.floor(hash / WIDTH)]?.[hash % WIDTH];
  }
}
