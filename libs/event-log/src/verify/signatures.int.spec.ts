import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import { eventHash } from '../append/event-hash.js';
import type { EventLog } from '../event-log.js';
import type { Seal } from '../seal/seal-hash.js';
import { publicKeyFrom, signingKeyFrom, type SigningKey } from '../seal/seal-signature.js';
import { Sealer } from '../seal/sealer.js';
import { verifyLog } from './verify-log.js';

const newKey = (): SigningKey =>
  signingKeyFrom(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const [first, second, foreign] = [newKey(), newKey(), newKey()];

let fresh: FreshLog;
let log: EventLog;
beforeEach(async () => {
  fresh = await freshLog();
  log = await fresh.open();
  await fresh.admin.query('set session_replication_role = replica'); // triggers do not fire
});
afterEach(() => fresh[Symbol.asyncDispose]());

/** A note and a seal over it, signed or not. */
const sealWith = async (signingKey?: SigningKey): Promise<void> => {
  await log.append(unit('note/1', 'any', 'a'));
  await new Sealer(log, { service: 'spec', signingKey }).sealNow();
};
const verify = async (...keys: readonly SigningKey[]) => {
  const publicKeys = keys.map(({ publicKey }) => publicKeyFrom(publicKey));
  const { problems, signedThrough } = await verifyLog(log, { publicKeys });
  return { signedThrough, problems: problems.map(({ position, code }) => [position, code]) };
};
const typesOfLog = async () => (await log.readStream('log')).map(({ type }) => type.split('.')[1]);

/** Changes what an event says, and its hash with it. */
const rewrite = async (position: number, change: (data: Seal) => object): Promise<void> => {
  const { stream, type, time, metadata, data } = await log.read(position);
  const text = JSON.stringify(change(data as Seal));
  const hash = eventHash({ type, stream, time, data: text, metadata: JSON.stringify(metadata) });
  await fresh.admin.query('update log.event set data = $2, hash = $3 where position = $1', [position, text, hash]);
};

describe('Signatures', () => {
  it('vouch for the log, and their keys and changes of keys are events', async () => {
    await sealWith();
    expect(await verify()).toEqual({ signedThrough: 0, problems: [] });
    await sealWith(first);
    await sealWith(first);
    await sealWith(second);
    expect(await typesOfLog()).toEqual([
      'sealed',
      'signing-key-changed',
      'sealed',
      'sealed',
      'signing-key-changed',
      'sealed',
    ]);
    const through = (await log.head()).position - 2;
    expect(await verify()).toEqual({ signedThrough: through, problems: [] });
    expect(await verify(second)).toEqual({ signedThrough: through, problems: [] });
    expect(await verify(first, second)).toEqual({ signedThrough: through, problems: [] });
  });

  it('are missed where the newest seal has none of a key that was given', async () => {
    await sealWith(first);
    const { position } = await log.head();
    expect((await verify(foreign)).problems).toEqual([[position, 'log.unknown-key']]);
    await sealWith();
    expect(await verify()).toMatchObject({ problems: [] });
    const { problems } = await verify(first);
    expect(problems).toEqual([[(await log.head()).position, 'log.unsigned']]);
  });

  it('are missed where the log has none at all', async () => {
    await sealWith();
    expect((await verify(first)).problems).toEqual([[2, 'log.unsigned']]);
    await using empty = await freshLog();
    const report = await verifyLog(await empty.open(), { publicKeys: [publicKeyFrom(first.publicKey)] });
    expect(report.problems).toMatchObject([{ position: 1, code: 'log.unsigned' }]);
  });

  it('tell that the owner of the database sealed again what he changed', async () => {
    await sealWith(first);
    await sealWith(first);
    await fresh.admin.query('delete from log.event where position > 1');
    await fresh.admin.query(`delete from log.stream where stream_id = 'log'`);
    await fresh.admin.query(`update log.stream set version = 1 where stream_id = 'note/1'`);
    await rewrite(1, () => ({ text: 'forged' }));
    await new Sealer(log, { service: 'spec', signingKey: foreign }).sealNow();
    expect((await verify()).problems).toEqual([]);
    expect((await verify(first)).problems).toEqual([[3, 'log.unknown-key']]);
  });

  it('that do not fit are found, and so are those that were taken away', async () => {
    await sealWith(first);
    const { position } = await log.head();
    const { signature } = foreignSignatureOf((await log.read(position)).data as Seal);
    await rewrite(position, (seal) => ({ ...seal, signature: { key: first.publicKey, value: signature.value } }));
    expect((await verify(first)).problems[0]).toEqual([position, 'log.wrong-signature']);
    await rewrite(position, (seal) => ({ ...seal, signature }));
    expect((await verify()).problems).toEqual([[position, 'log.wrong-key']]);
    expect((await verify(first)).problems).toEqual([
      [position, 'log.wrong-key'],
      [position, 'log.unknown-key'],
    ]);
    await rewrite(position, (seal) => ({ ...seal, signature: { key: 'AAAA', value: signature.value } }));
    expect((await verify()).problems).toEqual([
      [position, 'log.wrong-key'],
      [position, 'log.wrong-signature'],
    ]);
    await rewrite(position, (seal) => ({ ...seal, signature: null }));
    expect((await verify()).problems).toEqual([[position, 'log.wrong-key']]);
  });

  it('by a key whose announcement was changed are found', async () => {
    await sealWith(first);
    const { position } = await log.head();
    await rewrite(position - 1, (data) => ({ ...data, key: foreign.publicKey }));
    expect((await verify()).problems).toEqual([[position, 'log.wrong-key']]);
    await rewrite(position - 1, (data) => ({ ...data, key: first.publicKey, previous: foreign.publicKey }));
    expect((await verify()).problems).toEqual([[position - 1, 'log.wrong-key']]);
  });
});

const foreignSignatureOf = ({ seal }: Seal) => ({ signature: foreign.sign(seal) });
