import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobLine } from '@waystation/answers';
import type { ConfigurationDocument } from '@waystation/events';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBusyboxImage, containerEngineUrl } from '../harness/container-images.js';
import { dataSetsUnder } from '../harness/dcmtk.js';
import { untilDelivered } from '../harness/evidence.js';
import { renamingModule, tellingModule } from '../harness/mercure-modules.js';
import { RecordingEndpoint } from '../harness/recording-endpoint.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

type Series = readonly SyntheticInstance[];
const uidOf = ([first]: Series): string => first?.seriesInstanceUid ?? '';
const hourFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);

// REQ-MERCURE-2, REQ-NOTIFY-7, REQ-PROCESS-11: what mercure processed is processed, with the same containers, rules and words.
describe('A configuration of mercure with modules', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  let chat: RecordingEndpoint;
  const ct = syntheticSeries(3, { modality: 'CT' });
  const [night, later] = [syntheticSeries(2, { modality: 'MR' }), syntheticSeries(2, { modality: 'MR' })];
  let images: readonly [rename: string, tell: string];
  const [lost, other] = [syntheticSeries(1, { modality: 'US' }), syntheticSeries(1, { modality: 'CR' })];

  const jobsOf = (series: Series, ...more: string[]): Promise<readonly JobLine<string>[]> =>
    system.waystation.json('jobs', '--series', uidOf(series), ...more);
  const jobOf = (series: Series, status: string): Promise<JobLine<string>> =>
    eventually(`a job that is ${status}`, async () => (await jobsOf(series, '--status', status))[0]);

  /** @param offPeak hours from now at which off-peak hours begin and end */
  const mercure = (offPeak: readonly [number, number]) => {
    const [rename, tell] = images;
    const { port } = pacs.configured('pacs') as { readonly port: number };
    const quiet = {
      notification_trigger_reception: false,
      notification_trigger_completion: false,
      notification_trigger_error: false,
    };
    return {
      series_complete_trigger: 1,
      offpeak_start: hourFromNow(offPeak[0]),
      offpeak_end: hourFromNow(offPeak[1]),
      targets: {
        pacs: { target_type: 'dicom', ip: '127.0.0.1', port: String(port), aet_target: 'PACS', aet_source: 'M' },
        rest: { target_type: 'folder', folder: join(folder, 'rest') },
      },
      modules: {
        rename: { docker_tag: rename, settings: { strict: true }, docker_arguments: '{"mem_limit": "64m"}' },
        'tell them': { docker_tag: tell, environment: '{"MODE": "fast"}', docker_arguments: '{"mem_limit": "64m"}' },
        gone: { docker_tag: '' },
      },
      rules: {
        renamed: {
          ...{ rule: "@Modality@ == 'CT'", action: 'both', target: 'pacs' },
          processing_module: ['rename', 'tell them'],
          processing_settings: [{ name: 'Doe^Lisa' }, { place: 'Doe^Jane' }],
          notification_webhook: chat.url,
          notification_payload: '"event": "{{ event }}", "text": "{{ details }}"',
          ...quiet,
          notification_trigger_completion_on_request: true,
        },
        'at night': {
          ...{ rule: "@Modality@ == 'MR'", action: 'process', priority: 'offpeak' },
          processing_module: 'rename',
        },
        'cannot be': { rule: "@Modality@ == 'US'", action: 'both', target: 'pacs', processing_module: 'gone' },
        rest: { rule: 'True', target: 'rest', fallback: true },
      },
    };
  };

  const imported = async (offPeak: readonly [number, number], ...more: string[]): Promise<ConfigurationDocument> => {
    const file = join(folder, 'mercure.json');
    await writeFile(file, JSON.stringify(mercure(offPeak)));
    const answer = await system.waystation.json<{ document: ConfigurationDocument }>(
      ...['import', file, '--time-zone', 'UTC', ...more],
    );
    return answer.document;
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    const command = ['CMD ["/app/run.sh"]'];
    const rename = await buildBusyboxImage('renaming:1', { 'app/run.sh': renamingModule }, command);
    images = [rename, await buildBusyboxImage('telling:1', { 'app/run.sh': tellingModule }, command)];
    [pacs, chat] = await Promise.all([RecordingTarget.listen(), RecordingEndpoint.start()]);
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_CONTAINERS_ENGINE: containerEngineUrl() });
    const out = join(folder, 'waystation.json');
    await imported([6, 9], '--out', out);
    await system.waystation.json('config', 'check', out);
    const document = await imported([6, 9], '--publish', '--reason', 'we move');
    expect(document.modules.map(({ name }) => name)).toEqual(['rename', 'tell them']);
    await sendAll(system.dicomPort, [ct, night, later, lost, other].flat());
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([pacs?.close(), chat?.[Symbol.asyncDispose]()]);
    await removeFolder(folder);
  });

  it('has its containers run one after another, with the settings of the rule, and sends what they make', async () => {
    await untilDelivered(system.waystation, ct, ['pacs']);
    for (const { sopInstanceUid, dataSet } of ct) {
      const renamed = Buffer.from(dataSet);
      renamed.write('Doe^Lisa', dataSet.indexOf('Doe^Jane'));
      expect(pacs.received.get(sopInstanceUid)).toEqual([createHash('sha256').update(renamed).digest('hex')]);
    }
    expect(pacs.objects).toBe(ct.length);
  });

  it('tells on request of a module what that says, and who the patient is to nobody', async () => {
    const [told] = await eventually('somebody is told', async () => (chat.taken.length > 0 ? chat.taken : undefined));
    expect(JSON.parse(told?.body ?? '')).toEqual({ event: 'COMPLETED', text: 'tell them: a nodule in •••, 12 mm' });
    expect(chat.requests).toHaveLength(1);
    const history = await system.waystation.history(uidOf(ct));
    expect(JSON.stringify(history)).not.toContain('nodule');
    expect(history.map(({ sentence }) => sentence).join('\n')).toContain('with the words of its modules');
  });

  it('has off-peak jobs wait for their hours, or for an operator', async () => {
    const held = await jobOf(night, 'held');
    expect(held).toMatchObject({ priority: 'off-peak', attempts: 0, module: 'rename' });
    expect(Date.parse(held.heldUntil ?? '')).toBeGreaterThan(Date.now());
    await system.waystation.json('job', 'release', held.job, '--author', 'r.huber', '--reason', 'the surgeon waits');
    expect(await jobOf(night, 'succeeded')).toMatchObject({
      job: held.job,
      outputs: 2,
      follows: 'kept',
      heldUntil: null,
    });
    const sentences = (await system.waystation.history(uidOf(night))).map(({ sentence }) => sentence).join('\n');
    expect(sentences).toContain(`held until ${held.heldUntil ?? ''}, when off-peak hours begin`);
    expect(sentences).toContain('released: the surgeon waits');
  });

  it('has them begin at once where the hours are others, without a restart', async () => {
    await jobOf(later, 'held');
    await imported([-2, 4], '--publish', '--reason', 'nights are long');
    await jobOf(later, 'succeeded');
    const sentences = (await system.waystation.history(uidOf(later))).map(({ sentence }) => sentence).join('\n');
    expect(sentences).toContain('released: these are off-peak hours by configuration 2');
  });

  it('sends by its fallback what nothing else is for, and nothing that should have been processed', async () => {
    await system.waystation.deliveries(uidOf(other), 1);
    await eventually('the other one is decided', async () => {
      const lines =
        await system.waystation.get<readonly { seriesInstanceUid: string; outcome: string | null }[]>('/api/series');
      return lines.some((line) => line.seriesInstanceUid === uidOf(lost) && line.outcome !== null) ? true : undefined;
    });
    expect(await system.waystation.json('deliveries', '--series', uidOf(lost))).toEqual([]);
    expect(await jobsOf(lost)).toEqual([]);
    expect(dataSetsUnder(join(folder, 'rest'))).toHaveLength(1);
  });
});
