import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

const NODE = 'node-1';
const IMAGE_ID = `registry.example/module@sha256:${'ab'.repeat(32)}`;
/** As the other API server of a node, the kubelet, has it. */
const LOG = /^\/containerLogs\/[^/]+\/([^/]+)\/module$/;

/**
 * A node whose kubelet runs nothing: it says of pods what it is told to say, has the logs that it is given, and lets go of what is
 * deleted, as a real one does.
 */
export class PlayedNode {
  #logs = new Map();
  #ended = false;
  #server;
  #burial;

  /** @param certificates folder of the API server, whose certificate serves here too */
  static async start(api, certificates) {
    const node = new PlayedNode();
    node.api = api;
    const read = (file) => readFile(`${certificates}/apiserver.${file}`);
    node.#server = createServer({ cert: await read('crt'), key: await read('key') }, (asked, answer) =>
      node.#log(asked, answer),
    );
    node.#server.listen(0, '127.0.0.1');
    await once(node.#server, 'listening');
    await node.#register();
    node.#burial = node.#bury();
    return node;
  }

  async stop() {
    this.#ended = true;
    await this.#burial;
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Has room, as much as it is said to have. */
  async hasRoom(cpu) {
    const amounts = { cpu, memory: '4Gi', 'ephemeral-storage': '10Gi', pods: '10' };
    await this.api.patch(`/api/v1/nodes/${NODE}/status`, { status: { capacity: amounts, allocatable: amounts } });
  }

  /** The container runs, and writes. */
  async starts(pod, text) {
    this.#logOf(pod).text = text;
    await this.#says(pod, { phase: 'Running' }, { state: { running: { startedAt: now() } }, started: true });
  }

  /** The container ends by itself. */
  async ends(pod, exitCode, text, { reason = exitCode === 0 ? 'Completed' : 'Error', more = {} } = {}) {
    const log = this.#logOf(pod);
    log.text += text;
    this.#close(log);
    const { startedAt } = (await this.api.get(place(pod))).status.containerStatuses[0].state.running;
    const terminated = { exitCode, reason, startedAt, finishedAt: now(), containerID: 'containerd://1' };
    await this.#says(pod, { phase: exitCode === 0 ? 'Succeeded' : 'Failed', ...more }, { state: { terminated } });
  }

  /** The container does not come to run. */
  waits(pod, reason, message) {
    return this.#says(pod, { phase: 'Pending' }, { state: { waiting: { reason, message } }, imageID: '' });
  }

  /** The node puts the pod out, as it does where memory or disk is short. */
  evicts(pod, message) {
    this.#close(this.#logOf(pod));
    return this.api.patch(`${place(pod)}/status`, { status: { phase: 'Failed', reason: 'Evicted', message } });
  }

  #says(pod, status, container) {
    const about = { name: 'module', image: pod.spec.containers[0].image, imageID: IMAGE_ID, ready: false };
    const containerStatuses = [{ ...about, restartCount: 0, ...container }];
    const more = { podIP: '10.1.0.2', hostIP: '127.0.0.1', startTime: now(), containerStatuses };
    return this.api.patch(`${place(pod)}/status`, { status: { ...more, ...status } });
  }

  async #register() {
    const { port } = this.#server.address();
    await this.api.post('/api/v1/nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } });
    await this.api.patch(`/api/v1/nodes/${NODE}`, { spec: { taints: null } });
    const condition = { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'played' };
    const endpoints = { daemonEndpoints: { kubeletEndpoint: { Port: port } } };
    const addresses = [{ type: 'InternalIP', address: '127.0.0.1' }];
    await this.api.patch(`/api/v1/nodes/${NODE}/status`, {
      status: { conditions: [condition], addresses, ...endpoints },
    });
    await this.hasRoom('4');
  }

  /** What is to be deleted ends, and then its record goes. */
  async #bury() {
    while (!this.#ended) {
      const { items = [] } = await this.api.get(`/api/v1/pods?fieldSelector=spec.nodeName=${NODE}`).catch(() => ({}));
      for (const pod of items) {
        if (pod.metadata.deletionTimestamp === undefined) continue;
        await this.#kill(pod).catch(() => undefined);
      }
      await sleep(100);
    }
  }

  async #kill(pod) {
    if (pod.status.containerStatuses?.[0]?.state.running !== undefined) await this.ends(pod, 137, '');
    await this.api.delete(place(pod), { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 });
    this.#logs.delete(pod.metadata.name);
  }

  #log({ url }, answer) {
    const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
    const log = this.#logs.get(LOG.exec(pathname)?.[1]);
    if (log === undefined) {
      answer.writeHead(404).end(`${pathname} is not here`);
      return;
    }
    answer.writeHead(200, { 'content-type': 'text/plain' }).write(log.text);
    if (log.isOver || searchParams.get('follow') !== 'true') answer.end();
    else log.readers.push({ answer, seen: log.text.length });
  }

  #logOf({ metadata }) {
    const log = this.#logs.get(metadata.name) ?? { text: '', readers: [], isOver: false };
    this.#logs.set(metadata.name, log);
    return log;
  }

  #close(log) {
    log.isOver = true;
    for (const { answer, seen } of log.readers.splice(0)) answer.end(log.text.slice(seen));
  }
}

const place = ({ metadata }) => `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;

const now = () => `${new Date().toISOString().slice(0, 19)}Z`;
