#!/usr/bin/env node
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { say } from '../setup/say.mjs';
import { cases } from './kubernetes/cases.mjs';
import { ControlPlane } from './kubernetes/control-plane.mjs';
import { perform } from './kubernetes/perform.mjs';
import { PlayedNode } from './kubernetes/played-node.mjs';
import { recordingOf } from './kubernetes/recording-of.mjs';
import { readVersion, setStage, tokenOf } from './kubernetes/stage.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const help = `Usage: node tools/record/kubernetes.mjs --binaries FOLDER [options]

Records what the executor of Kubernetes asks of a real API server, and what that answers, for the tests of libs/containers. It starts etcd,
kube-apiserver, kube-controller-manager and kube-scheduler of that folder on this machine, puts deploy/kubernetes into them with kubectl, and
runs the executor as the service account of the manifests. Nodes have no kubelet here: it is played, logs included. Build first.

Options:
  --cases LIST    (default: all)
  --into FOLDER   (default: libs/containers/test/recordings)
  --keep          leaves the data and what the servers said in a folder for temporary files
  --help

Cases:
${Object.entries(cases)
  .map(([name, { about }]) => `  ${name.padEnd(22)}${about}`)
  .join('\n')}`;

const { values } = parseArgs({
  options: {
    binaries: { type: 'string' },
    cases: { type: 'string', default: Object.keys(cases).join(',') },
    into: { type: 'string', default: join(root, 'libs/containers/test/recordings') },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

if (values.help || values.binaries === undefined) console.log(help);
else await record(values);

async function record({ binaries, cases: names, into, keep }) {
  const folder = await mkdtemp(join(tmpdir(), 'waystation-record-'));
  const plane = await ControlPlane.start(resolve(binaries), folder);
  let node;
  const interrupted = () => void plane.stop().then(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const { api } = plane;
    const version = await readVersion(api);
    say(`${version} is there, in ${folder}`);
    for (const line of await setStage(plane, join(root, 'deploy/kubernetes'))) say(line);
    node = await PlayedNode.start(api, join(folder, 'certificates'));
    const stage = { plane, api, node, folder, token: await tokenOf(api, 'processing') };
    await mkdir(into, { recursive: true });
    for (const name of names.split(',')) {
      const found = await perform(cases[name], stage);
      say(`${name}: ${found.exchanges.length} exchanges, ${JSON.stringify(found.outcome)}`);
      await writeFile(join(into, `${name}.jsonl`), recordingOf({ version, about: cases[name].about, ...found }));
    }
  } finally {
    await node?.stop();
    await plane.stop();
    if (!keep) await rm(folder, { recursive: true, force: true });
  }
}
