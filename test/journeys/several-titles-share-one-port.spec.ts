import { join } from 'node:path';
import { hasCode } from '@waystation/kernel';
import { syntheticInstance, syntheticSeries, type SyntheticInstance, type SyntheticOptions } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { rejectionsIn } from '../harness/rejections.js';
import { sendAll, type Calling } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const MR = '1.2.840.10008.5.1.4.1.1.4';
const CT = '1.2.840.10008.5.1.4.1.1.2';
const QUICK = { quietPeriodSeconds: 0.2 };

// REQ-RECEIVE-12, REQ-RECEIVE-13, REQ-DECIDE-8: what is sent to which title.
describe('Several AE titles on one port', () => {
  let folder: string;
  let system: Standalone;
  let clinic: RecordingTarget;
  let research: RecordingTarget;

  const document = (more: object = {}) => ({
    completion: { quietPeriodSeconds: 3600 },
    applicationEntities: [
      { aeTitle: 'WAYSTATION', completion: QUICK },
      { aeTitle: 'RESEARCH', callingAeTitles: ['MR3T'], sopClasses: [MR], completion: QUICK },
    ],
    unknownCalledAeTitle: 'keep',
    targets: [clinic.configured('pacs'), research.configured('research')],
    rules: [
      { name: 'Clinic', condition: 'True', action: 'route', targets: ['pacs'], calledAeTitles: ['WAYSTATION'] },
      { name: 'Trial', condition: 'True', action: 'route', targets: ['research'], calledAeTitles: ['RESEARCH'] },
    ],
    ...more,
  });
  const series = async (calling: Calling, options: SyntheticOptions = {}): Promise<readonly SyntheticInstance[]> => {
    const instances = syntheticSeries(3, options);
    await sendAll(system.dicomPort, instances, calling);
    return instances;
  };
  const uidOf = (instances: readonly SyntheticInstance[]): string => instances[0]?.seriesInstanceUid ?? '';
  const rejects = async (calling: Calling, instance = syntheticInstance()): Promise<boolean> => {
    try {
      await sendAll(system.dicomPort, [instance], calling);
      return false;
    } catch (error) {
      if (hasCode(error, 'dicom-network.rejected')) return true;
      throw error;
    }
  };
  const untilRejected = (because: string) =>
    eventually(`a rejection: ${because}`, async () =>
      (await rejectionsIn(system.dataFolder)).find(({ reason }) => reason === because),
    );
  const outcomeOf = (uid: string, outcome: string) =>
    eventually(`series ${uid} to be ${outcome}`, async () => {
      const lines = await system.waystation.get<readonly { seriesInstanceUid: string }[]>(
        `/api/series?outcome=${outcome}`,
      );
      return lines.find(({ seriesInstanceUid }) => seriesInstanceUid === uid);
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_ACCEPT_CALLED_AE: '*' });
    [clinic, research] = [await RecordingTarget.listen(), await RecordingTarget.listen()];
    await system.waystation.publish(document());
    // Followed without a restart, and within a second.
    await eventually('the titles to be in force', async () =>
      (await rejects({ calledAeTitle: 'RESEARCH', callingAeTitle: 'CT1' })) ? true : undefined,
    );
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([clinic?.close(), research?.close()]);
    await removeFolder(folder);
  });

  it('have rules of their own', async () => {
    const [own, other] = [
      await series({ calledAeTitle: 'WAYSTATION' }),
      await series({ calledAeTitle: 'RESEARCH', callingAeTitle: 'MR3T' }, { modality: 'MR', sopClass: MR }),
    ];
    await untilDelivered(system.waystation, own, ['pacs']);
    await untilDelivered(system.waystation, other, ['research']);
    const received = (instances: readonly SyntheticInstance[], target: RecordingTarget) =>
      instances.map(({ sopInstanceUid }) => target.received.get(sopInstanceUid)?.length ?? 0);
    expect([received(own, clinic), received(own, research)]).toEqual([
      [1, 1, 1],
      [0, 0, 0],
    ]);
    expect([received(other, clinic), received(other, research)]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ]);
    const routed = (await system.waystation.history(uidOf(own))).find(({ type }) => type === 'series.routed.v1');
    expect(routed?.data['verdicts']).toMatchObject([
      { rule: 'Clinic', verdict: 'matched' },
      { rule: 'Trial', verdict: 'not-asked', because: expect.stringContaining('WAYSTATION') as string },
    ]);
  });

  it('have quiet periods of their own, and the completion says whose it was', async () => {
    const own = await series({ calledAeTitle: 'WAYSTATION' });
    await system.waystation.deliveries(uidOf(own), 1);
    const completed = (await system.waystation.history(uidOf(own))).find(({ type }) => type === 'series.completed.v1');
    expect(completed?.data).toMatchObject({ quietPeriodMs: 200, because: { applicationEntity: 'WAYSTATION' } });
    expect(completed?.sentence).toContain('nothing came for 0.2 s, as WAYSTATION asks');
  });

  it('have callers of their own', async () => {
    expect(await rejects({ calledAeTitle: 'RESEARCH', callingAeTitle: 'CT1' })).toBe(true);
    await untilRejected("calling AE title 'CT1' may not call 'RESEARCH'");
  });

  it('take SOP classes of their own, and say in the log which they refused', async () => {
    const ct = syntheticInstance();
    const calling = { calledAeTitle: 'RESEARCH', callingAeTitle: 'MR3T' };
    await expect(sendAll(system.dicomPort, [ct], calling)).rejects.toThrow();
    const sql = `select data from log.event where type = 'association.accepted.v1' order by position desc limit 1`;
    const url = await databaseUrlOf(system.dataFolder);
    const accepted = async () => (await asSuperuser<{ readonly data: object }>(url, sql))[0]?.data;
    await expect.poll(accepted, { timeout: 20_000 }).toMatchObject({
      calledAeTitle: 'RESEARCH',
      contexts: [{ abstractSyntax: CT, transferSyntax: null }],
    });
  });

  describe('beside one that nobody configured', () => {
    let kept: readonly SyntheticInstance[];

    it('keep what is sent there, ask no rule, and show it with the reason', async () => {
      kept = await series({ calledAeTitle: 'GUEST' });
      const uid = uidOf(kept);
      await system.waystation.json('complete', uid, '--reason', 'seen in the list');
      expect(await outcomeOf(uid, 'undecided')).toMatchObject({ status: 'complete', instances: 3 });
      const routed = (await system.waystation.history(uid)).find(({ type }) => type === 'series.routed.v1');
      expect(routed?.sentence).toContain("undecided by configuration 1: called AE title 'GUEST' is not one of those");
      expect(routed?.data['verdicts']).toMatchObject([{ verdict: 'not-asked' }, { verdict: 'not-asked' }]);
      const explained = await system.waystation.run('explain', uid);
      expect(explained.stdout).toContain("undecided, because called AE title 'GUEST' is not one of those");
      expect(explained.stdout).toContain('somebody said so: seen in the list');
    });

    it('deliver that once it is configured and somebody reopens it', async () => {
      const guest = { aeTitle: 'GUEST', completion: QUICK };
      const { applicationEntities, rules } = document();
      const rule = { ...rules[0], name: 'Guests', calledAeTitles: ['GUEST'] };
      await system.waystation.publish(
        document({ applicationEntities: [...applicationEntities, guest], rules: [...rules, rule] }),
      );
      const answer = await system.waystation.json('reopen', uidOf(kept), '--reason', 'GUEST is configured now');
      expect(answer).toMatchObject({ status: 'receiving', revisions: 1 });
      const [delivery] = await system.waystation.deliveries(uidOf(kept), 1);
      expect(delivery).toMatchObject({ target: 'pacs', delivered: 3 });
      await outcomeOf(uidOf(kept), 'routed');
      const history = await system.waystation.history(uidOf(kept));
      expect(history.filter(({ type }) => type === 'series.completed.v1').map(({ data }) => data)).toMatchObject([
        { revision: 1, trigger: 'manual' },
        { revision: 2, trigger: 'quiet', newInstances: 0, whole: true },
      ]);
      expect(history.find(({ type }) => type === 'series.reopened.v1')?.data).toEqual({
        reason: 'GUEST is configured now',
      });
    });

    it('refuse it where the configuration says so, by the reason of PS3.8', async () => {
      await system.waystation.publish(document({ unknownCalledAeTitle: 'refuse' }));
      await eventually('GUEST to be refused', async () =>
        (await rejects({ calledAeTitle: 'GUEST' })) ? true : undefined,
      );
      await untilRejected("called AE title 'GUEST' is not one of those that the configuration lists");
    });
  });

  it('lead to the same again where everything that is derived is built anew', async () => {
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true });
  });
});
