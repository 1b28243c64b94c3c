// The process that is measured: is asked for one case at a time, and says how long each job took.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { EngineConnection, parseEngineAddress } from '../../../libs/containers/dist/index.js';
import { openJobs } from './jobs.mjs';

const { data } = createRequire(import.meta.url)('dcmjs');
let jobs;
let engine;
let options;

/** What a case does, once. */
const runs = {
  app: () => jobs.run('app'),
  'app-dcmjs': () => jobs.run('app-dcmjs'),
  container: () => jobs.run('container'),
  async 'script-dcmjs'() {
    const bytes = await readFile(join(options.folder, 'image.dcm'));
    const { dict } = data.DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    const { Rows } = data.DicomMetaDictionary.naturalizeDataset(dict);
    await writeFile(join(options.folder, 'result.json'), JSON.stringify({ Rows }));
  },
  async 'engine-alone'() {
    const body = {
      ...{ Image: options.image, User: '65532:65532' },
      HostConfig: { NetworkMode: 'none', ReadonlyRootfs: true, CapDrop: ['ALL'], Tmpfs: { '/tmp': 'mode=1777' } },
    };
    const { Id } = await engine.json({ method: 'POST', path: '/containers/create', body });
    await engine.json({ method: 'POST', path: `/containers/${Id}/start` });
    await engine.json({ method: 'POST', path: `/containers/${Id}/wait` });
    await engine.json({ method: 'DELETE', path: `/containers/${Id}?force=true&v=true` });
  },
};

const steps = {
  async open(given) {
    options = given;
    await mkdir(options.folder, { recursive: true });
    jobs = await openJobs(options);
    await writeFile(join(options.folder, 'image.dcm'), jobs.instance.part10);
    if (options.engine !== undefined) engine = new EngineConnection(parseEngineAddress(options.engine));
  },
  /** The first one of a case is not counted: modules are loaded by it. */
  async measure({ caseName, count }) {
    await runs[caseName]();
    const cpu = process.cpuUsage();
    const times = [];
    for (let done = 0; done < count; done++) {
      const startedAt = performance.now();
      await runs[caseName]();
      times.push(performance.now() - startedAt);
    }
    const { user, system } = process.cpuUsage(cpu);
    return { times, cpuMs: (user + system) / 1000 / count };
  },
  close: () => jobs?.close(),
};

process.on('message', ({ step, ...request }) => {
  steps[step](request).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: `${step}: ${error.stack}` }),
  );
});
process.on('disconnect', () => process.exit(0));
