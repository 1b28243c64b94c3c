import type { KeyRing } from '../key-encryption/key-ring.js';
import { INDEX_SECRET } from './index-secret.js';
import type { KeyTable } from './key-table.js';

/** How far a rotation is. */
export interface RotationProgress {
  /** Id of the key-encryption key that everything is to be wrapped by. */
  readonly key: string;
  /** Keys that this step wrapped again. */
  readonly rewrapped: number;
  /** Keys that are wrapped by another one still. */
  readonly remaining: number;
}

/** A key-encryption key that took the place of another, by their ids. */
export interface RotatedKey {
  readonly key: string;
  readonly previous: string;
}

/** Keys of one step: a fraction of a second. */
const STEP = 500;

/** Wraps every key again with the current key-encryption key. What is sealed stays as it is, and so does the log. */
export class KeyRotation {
  constructor(
    private readonly table: KeyTable,
    private readonly ring: KeyRing,
  ) {}

  /**
   * Wraps some keys again. May be broken off and gone on with at any time: each key says what it is wrapped by.
   * @param onRotated told once everything of patients is wrapped by the new key; twice where it was cut off behind that
   * @throws CodedError `identity.wrong-key` where one is wrapped by a key that is not at hand
   */
  async step(onRotated: (rotated: RotatedKey) => Promise<void>): Promise<RotationProgress> {
    const { table, ring } = this;
    const { id } = ring.current;
    const rows = await table.wrappedByOther([id], STEP);
    const rewrapped = await Promise.all(
      rows.map(async ({ keyId, ...row }) => ({ keyId, ...(await ring.wrap(await ring.unwrap(row, keyId), keyId)) })),
    );
    if (rewrapped.length > 0) await table.rewrap(rewrapped, id);
    const remaining = rows.length < STEP ? 0 : await table.countWrappedByOther(id);
    const secrets = remaining === 0 ? await this.finish(onRotated) : 0;
    return { key: id, rewrapped: rewrapped.length + secrets, remaining };
  }

  /** The secret of pseudonyms is the last to be wrapped again: it says whether the end was told. */
  private async finish(onRotated: (rotated: RotatedKey) => Promise<void>): Promise<number> {
    const { table, ring } = this;
    const { id } = ring.current;
    const row = await table.secret(INDEX_SECRET);
    if (row === undefined || row.kekId === id) return 0;
    await onRotated({ key: id, previous: row.kekId });
    await table.rewrapSecret(INDEX_SECRET, await ring.wrap(await ring.unwrap(row, INDEX_SECRET), INDEX_SECRET));
    return 1;
  }
}
