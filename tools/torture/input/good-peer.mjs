// Somebody who does everything right, on other associations, all the time: whoever attacks must not disturb him. He is a process
// of his own, so that it is not the attacker who keeps him waiting. Started with the port; asked once, he ends and tells.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { echo, sendInstances } from '../../../libs/dicom-network/dist/index.js';
import { syntheticInstance } from '../../../libs/testing/dist/index.js';

const PAUSE_MS = 50;
const ADDRESS = '127.0.0.1';
const SERIES = { seed: 'torture good peer' };

/** What a good peer does, and what he was told. */
class GoodPeer {
  kept = [];
  failures = [];
  echoes = 0;
  slowestMs = 0;
  #going = true;
  #done;

  constructor(port) {
    this.peer = { host: ADDRESS, port, calledAeTitle: 'WAYSTATION', callingAeTitle: 'GOOD' };
    const { studyInstanceUid, seriesInstanceUid } = syntheticInstance(SERIES);
    this.series = { studyInstanceUid, seriesInstanceUid };
    this.#done = this.#work();
  }

  /** Ends after what is under way. */
  async stop() {
    this.#going = false;
    await this.#done;
    const { kept, failures, echoes, slowestMs } = this;
    return { kept, failures, echoes, slowestMs };
  }

  async #work() {
    while (this.#going) {
      await this.#timed('C-ECHO', () => this.#echo());
      await this.#timed('C-STORE', () => this.#store());
      await delay(PAUSE_MS);
    }
  }

  async #timed(what, act) {
    const startedAt = performance.now();
    try {
      await act();
    } catch (error) {
      this.failures.push(`${what}: ${error.message}`);
    }
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
  }

  async #echo() {
    const { status } = await echo(this.peer);
    if (status !== 0) throw new Error(`answered 0x${status.toString(16)}`);
    this.echoes += 1;
  }

  async #store() {
    const object = syntheticInstance({ ...this.series, rows: 32, columns: 32 });
    const { dataSet, sopInstanceUid } = object;
    const sendable = { ...object, open: () => Promise.resolve(Readable.from([dataSet])) };
    const statuses = [];
    await sendInstances(this.peer, [sendable], ({ status }) => void statuses.push(status));
    if (statuses[0] !== 0) throw new Error(`answered ${statuses[0]?.toString(16) ?? 'nothing'}`);
    const sha256 = createHash('sha256').update(dataSet).digest('hex');
    this.kept.push({ name: 'the good peer', sopInstanceUid, sha256 });
  }
}

const peer = new GoodPeer(Number(process.argv[2]));
process.once('message', () => void peer.stop().then((result) => process.send({ result })));
process.once('disconnect', () => process.exit());
