import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executorAt } from '../../../libs/containers/dist/index.js';
import { kubeconfigOf } from './control-plane.mjs';
import { RecordingProxy } from './recording-proxy.mjs';
import { NAMESPACE, untilEmpty } from './stage.mjs';

const address = `kubernetes://${NAMESPACE}/waystation-modules`;
const FOLDER = '/srv/waystation/modules';
const PATIENCE_MS = 900_000;

/** The service that asks; `host` is the name of its pod. */
const owner = { host: 'processing-5f4b8-x2v9q', pid: 1, life: '00000001' };

/**
 * Has the executor of the product live through a case, with what everybody asked of the API server and was answered.
 * @param stage `plane`, `api` and `node`, `token` of the service account and `folder` for files
 */
export async function perform(known, stage) {
  const proxy = await RecordingProxy.start(stage.plane.port);
  proxy.losing = known.loses;
  const file = join(stage.folder, 'recorded');
  await writeFile(file, kubeconfigOf(proxy.address, stage.token));
  process.env.KUBECONFIG = file;
  const spec = specOf(known);
  const setting = { installation: 'main', owner, folder: FOLDER };
  const executor = executorAt(address, setting);
  try {
    const act = known.tidies ? () => executor.removeLeftovers() : () => runIt(executor, known, spec);
    const whole = {
      ...stage,
      proxy,
      setting,
      owner,
      spec,
      until: (isMeant, count) => untilAsked(proxy, isMeant, count),
    };
    const during = () => Promise.all([act(), known.happens(whole)]).then(([outcome]) => outcome);
    const outcome = await (known.around ?? ((_, inside) => inside()))(whole, during);
    if (!known.tidies) await untilEmpty(stage.api);
    return { setting: { ...setting, address, spec }, outcome, exchanges: proxy.exchanges };
  } finally {
    await proxy.stop();
  }
}

/** A container as a module of mercure asks for it. */
const specOf = ({ seconds = 600, registry }) => {
  const reference = 'registry.example/module:1';
  const pending = { reference, pull: 'if-missing', ...(registry && { credentials: registry }) };
  return {
    job: '5d1f0c3a9be7426880d1',
    image: { reference, id: reference, volumes: [], pending },
    environment: { MERCURE_IN_DIR: '/tmp/data', TOKEN: 'hush' },
    binds: [{ source: `${FOLDER}/jobs/me/1/in`, target: '/tmp/data', readOnly: false }],
    ...{ network: false, cpus: 1.5, memoryMegabytes: 256, pids: 64, gpus: 0, user: '1000:1000' },
    ...{ largestFileBytes: 1000, expiresAt: Date.now() + seconds * 1000 },
  };
};

async function runIt(executor, { stopsAtLog }, spec) {
  const stop = new AbortController();
  let log = '';
  const onLog = (bytes) => {
    log += Buffer.from(bytes).toString('utf8');
    if (stopsAtLog) stop.abort(new Error('the job is cancelled'));
  };
  const run = await executor.run(spec, onLog, stop.signal).catch(({ code, message }) => ({ code, message }));
  return { run, log };
}

async function untilAsked({ exchanges }, isMeant, count) {
  const end = Date.now() + PATIENCE_MS;
  while (exchanges.filter(isMeant).length < count) {
    if (Date.now() > end) throw new Error(`it was not asked for ${count} times`);
    await sleep(50);
  }
}
