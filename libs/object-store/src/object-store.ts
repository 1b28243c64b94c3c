import type { Readable } from 'node:stream';

/** A part of an object: `length` bytes from `offset` on, or the rest. Beyond the end there is nothing, which is no error. */
export interface ByteRange {
  readonly offset: number;
  readonly length?: number;
}

export interface ObjectSize {
  /** Bytes. */
  readonly size: number;
}

export interface ListedObject extends ObjectSize {
  readonly key: string;
  /**
   * Milliseconds since 1970, by the clock of the store: not before the object was written. Of what lies in a segment when
   * anything of the segment changed.
   */
  readonly modifiedAt: number;
}

/** An object that has no key yet: small ones in memory, large ones in a file of the same device if possible. */
export type NewObject = {
  /** SHA-256 that tells the object from others, hexadecimal. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
} & ({ readonly chunks: readonly Uint8Array[] } | { readonly path: string });

/** An object that is being made durable. */
export interface ObjectUnderWay {
  /** The key that it has once it is durable. */
  readonly key: string;
  /** Resolves when a power cut could no longer take it; rejects with what {@link ObjectStore.keep} throws. */
  readonly durable: Promise<void>;
}

/**
 * Keeps bytes under keys, durably. A key is written once: the same size again is a no-op, another size is refused with
 * `object-store.conflict`. Keys are meant to be derived from the content, so that equal size stands for equal bytes.
 *
 * Every operation may throw a CodedError: `object-store.invalid-key`, `object-store.unavailable` (cannot be reached or
 * written; worth trying again later), and those named below.
 */
export interface ObjectStore {
  /** Whether objects lie on disks of this machine: then there is nothing to gain from a spool in front of it. */
  readonly isLocal: boolean;
  /**
   * Makes an object durable under a key that the store chooses: by its hash, or by its place. Resolves with the key when a
   * power cut could no longer take it; a file is consumed. The same object again may get another key.
   * Throws `object-store.full`.
   */
  keep(object: NewObject): Promise<string>;
  /**
   * The same, for whoever has other work to do meanwhile: says the key as soon as it is known. The bytes may be used again
   * when the object is durable.
   */
  begin(object: NewObject): Promise<ObjectUnderWay>;
  /**
   * Makes the local file durable under `key`. Resolves when a power cut could no longer take it; the file is consumed:
   * moved, or copied and deleted. The file must not be written to any more.
   * Throws `object-store.full`, `object-store.conflict`, `object-store.no-source` (there is no such file).
   */
  putFile(key: string, path: string): Promise<void>;
  /** Makes bytes durable under `key`. Throws `object-store.full`, `object-store.conflict`. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** The bytes as a stream, to be read to its end or destroyed. Throws `object-store.missing`, `object-store.invalid-range`. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** The size of an object, undefined where there is none. */
  stat(key: string): Promise<ObjectSize | undefined>;
  /** All objects whose key begins with the prefix, in the order of their keys. Objects that come and go meanwhile may be missed. */
  list(prefix: string): AsyncIterable<ListedObject>;
  /** Removes objects; one that is not there counts as removed. The room of what lies together is given back together. */
  remove(...keys: readonly string[]): Promise<void>;
  /** Throws what keeps objects from being written: `object-store.full` or `object-store.unavailable`. */
  check(): Promise<void>;
  close(): Promise<void>;
}
