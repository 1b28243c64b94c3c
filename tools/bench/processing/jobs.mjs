import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { containerRunnerOf } from '../../../apps/processing/dist/container-runner-of.js';
import { loadSettings } from '../../../libs/configuration/dist/index.js';
import { configurationDecider, jobDecider, timerOfJob } from '../../../libs/domain/dist/index.js';
import { ConfigurationDocument, JobRequested, streamName } from '../../../libs/events/dist/index.js';
import { AppRunner } from '../../../libs/module-sdk/dist/app/app-runner.js';
import { optionsOf } from '../../../libs/module-sdk/dist/app/processing-module.decorator.js';
import { JobWorker } from '../../../libs/module-sdk/dist/index.js';
import { closePlatform, openPlatform } from '../../../libs/service/dist/index.js';
import { apps } from './apps.mjs';
import { storeSeries } from './stored-series.mjs';

const over = new Set(['succeeded', 'abandoned', 'cancelled']);

/** A log with an object and modules, and their workers, as services run them; all in this process. */
export async function openJobs({ databaseUrl, folder, engine, image }) {
  const env = {
    ...{ WAYSTATION_DATA: folder, WAYSTATION_IDENTITY_KEY: Buffer.alloc(32, 7).toString('base64') },
    ...{ WAYSTATION_LOG_LEVEL: 'error', WAYSTATION_CONTAINERS_FOLDER: join(folder, 'containers') },
    ...(engine === undefined ? {} : { WAYSTATION_CONTAINERS_ENGINE: engine }),
  };
  const settings = loadSettings({ env, folder });
  const platform = await openPlatform({ service: 'processing', settings, databaseUrl });
  await publish(platform, image);
  const instance = await storeSeries(platform);
  const workers = [];
  for (const App of apps) {
    const options = optionsOf(App);
    workers.push(await JobWorker.start({ platform, runner: new AppRunner(options, new App()), app: options.name }));
  }
  if (engine !== undefined) workers.push(await JobWorker.start({ platform, runner: containerRunnerOf(settings) }));
  return {
    instance,
    run: (module) => runJob(platform, module, instance),
    async close() {
      await Promise.all(workers.map((worker) => worker.stop(0)));
      await closePlatform(platform);
    },
  };
}

async function publish({ commands }, image) {
  const container = { kind: 'container', name: 'container', image, pull: 'never', memoryMegabytes: 64 };
  const modules = [
    ...apps.map((App) => ({ kind: 'app', name: optionsOf(App).name })),
    ...(image === undefined ? [] : [container]),
  ];
  await commands.handle(configurationDecider, streamName.configuration, {
    kind: 'publish-configuration',
    document: ConfigurationDocument.parse({ modules }),
    ...{ author: 'bench', reason: 'a benchmark', knownTags: [] },
  });
}

/** Asks for a job as routing does, and waits until it is over, as it is heard of. */
async function runJob({ log, commands }, module, { studyInstanceUid, seriesInstanceUid }) {
  const job = randomUUID().replaceAll('-', '').slice(0, 20);
  const requested = JobRequested.of({
    ...{ job, module, settings: {}, rule: 'everything', step: 0, studyInstanceUid, seriesInstanceUid, revision: 1 },
    configuration: { version: 1, sha256: '0'.repeat(64) },
    input: [{ seriesInstanceUid, revision: 1, instances: { afterSequence: 0, throughSequence: 1000, count: 1 } }],
    plan: { steps: [], targets: [], originals: false, onFailure: 'nothing' },
  });
  const stream = streamName.job(job);
  let told = () => undefined;
  const stop = log.onAppended(() => told());
  try {
    const parts = [{ stream, expected: 0, events: [requested], timer: timerOfJob(requested.data) }];
    await log.append({ parts, time: new Date().toISOString(), metadata: {} });
    for (;;) {
      const next = new Promise((resolve) => (told = resolve));
      const { state } = await commands.load(jobDecider, stream);
      if (state.status === 'succeeded') return;
      if (over.has(state.status))
        throw new Error(`a job of ${module} is ${state.status}: ${state.lastFailure?.reason}`);
      await next;
    }
  } finally {
    stop();
  }
}
