import type { LogSealed } from '@waystation/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { unit } from '../../test/notes.js';
import type { EventLog } from '../event-log.js';
import { NO_SEAL, type Seal } from './seal-hash.js';
import { Sealer } from './sealer.js';

let fresh: FreshLog;
let log: EventLog;
beforeEach(async () => {
  fresh = await freshLog();
  log = await fresh.open();
});
afterEach(() => fresh[Symbol.asyncDispose]());

const rangeOf = (sealed: LogSealed | undefined) => sealed && [sealed.data.from, sealed.data.to];

describe('Sealer', () => {
  it('seals what is new since the last seal, the last seal with it, and never a seal alone', async () => {
    const sealer = new Sealer(log, { service: 'spec' });
    expect(await sealer.sealNow()).toBeUndefined();
    await log.append(unit('note/1', 0, 'a', 'b', 'c'));
    const first = await sealer.sealNow();
    expect(rangeOf(first)).toEqual([1, 3]);
    expect(first?.data.previous).toBe(NO_SEAL);
    expect(await sealer.sealNow()).toBeUndefined();
    await log.append(unit('note/1', 3, 'd'));
    const second = await sealer.sealNow();
    expect(rangeOf(second)).toEqual([4, 5]);
    expect(second?.data.previous).toBe(first?.data.seal);
  });

  it('makes one chain when several seal at once', async () => {
    const sealers = [log, await fresh.open(), await fresh.open()].map((one) => new Sealer(one, { service: 'spec' }));
    for (let round = 0; round < 5; round++) {
      await log.append(unit('note/1', 'any', 'x'));
      await Promise.all(sealers.map((sealer) => sealer.sealNow()));
    }
    const seals = (await log.readStream('log')).map(({ data }) => data as Seal);
    expect(seals.length).toBeGreaterThanOrEqual(5);
    for (const [index, seal] of seals.entries()) {
      expect(seal.from).toBe((seals[index - 1]?.to ?? 0) + 1);
      expect(seal.previous).toBe(seals[index - 1]?.seal ?? NO_SEAL);
    }
  });

  it('hands every seal to the anchor in order, again after the anchor has failed', async () => {
    const anchored: Seal[] = [];
    let isBroken = true;
    const anchor = async (seal: Seal) => {
      if (isBroken) throw new Error('no anchor');
      anchored.push(seal);
    };
    const sealer = new Sealer(log, { service: 'spec', anchor });
    for (let count = 0; count < 2; count++) {
      await log.append(unit('note/1', 'any', 'x'));
      await expect(sealer.sealNow()).rejects.toThrow('no anchor');
    }
    isBroken = false;
    await sealer.sealNow();
    await sealer.sealNow();
    expect(anchored).toEqual((await log.readStream('log')).map(({ data }) => data));
    expect(anchored.length).toBeGreaterThanOrEqual(2);
  });

  it('does not seal what was changed before', async () => {
    await log.append(unit('note/1', 0, 'a', 'b'));
    await fresh.admin.query('set session_replication_role = replica');
    await fresh.admin.query(`update log.event set data = '{"text":"forged"}' where position = 2`);
    await expect(new Sealer(log, { service: 'spec' }).sealNow()).rejects.toMatchObject({ code: 'log.changed-event' });
  });
});
