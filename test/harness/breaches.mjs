import { createHash } from 'node:crypto';

/** What was read of a run of the fault campaign, to be broken in one place at a time. */
class Run {
  #plain;

  constructor(look) {
    Object.assign(this, look);
    const delivery = this.events.find(({ type, data }) => type === 'delivery.requested.v1' && data.target === 'pacs');
    this.#plain = [`series/${this.evidence.sent[0].seriesInstanceUid}`, delivery.stream];
  }

  get events() {
    return this.log.events;
  }

  /** The first event of a kind: of the series that goes to the PACS and of its delivery, where these have such. */
  first(type) {
    const events = this.events.filter((event) => event.type === `${type}.v1`);
    return events.find(({ stream }) => this.#plain.includes(stream)) ?? events[0];
  }

  last = (type) => this.events.findLast((event) => event.type === `${type}.v1`);

  /** An event that nobody knows takes the place of one. */
  silence(event) {
    this.become(event, 'note.taken.v1', event.data);
  }

  become(event, type, data) {
    Object.assign(event, { type, data });
    this.#hash(event);
  }

  /** One more event at the end of its stream and of the log. */
  add(stream, type, data) {
    let head = this.log.heads.find((one) => one.stream === stream);
    if (head === undefined) this.log.heads.push((head = { stream, version: 0 }));
    head.version += 1;
    const last = this.events.at(-1);
    const text = { data: JSON.stringify(data), meta: '{}' };
    const place = { position: last.position + 1, stream, sequence: head.version };
    this.events.push({ ...last, ...place, type: `${type}.v1`, text, data: structuredClone(data), meta: {} });
    this.#hash(this.events.at(-1));
  }

  again = ({ stream, type, data }) => this.add(stream, type.replace(/\.v1$/, ''), data);

  /** The events of a stream again, as those of another. */
  copy(stream, other) {
    for (const { type, data } of this.events.filter((event) => event.stream === stream))
      this.again({ stream: other, type, data });
  }

  /** A whole stream that never was. */
  drop(stream) {
    const places = new Map([[undefined, undefined]]);
    this.log.events = this.events.filter((event) => event.stream !== stream);
    this.log.heads = this.log.heads.filter((head) => head.stream !== stream);
    for (const [index, event] of this.events.entries()) {
      places.set(event.position, index + 1);
      event.position = index + 1;
      event.meta.causationid = places.get(event.meta.causationid);
    }
  }

  get objectOfFirst() {
    return this.objects.found.get(this.first('instance.stored').data.object.key);
  }

  cameTo = (target) => this.evidence.came.find((one) => one.target === target);

  /** What operators are shown. */
  show(change) {
    this.shown.stdout = JSON.stringify(change(JSON.parse(this.shown.stdout)));
  }

  #hash(event) {
    const { type, stream, time, text } = event;
    const bytes = `${type}\n${stream}\n${time}\n${text.data}\n${text.meta}`;
    event.hash = createHash('sha256').update(bytes).digest('hex');
  }
}

/** A second delivery beside the one to the PACS, that went as well as that. */
const secondDelivery = (run) => {
  run.copy(run.first('delivery.requested').stream, 'delivery/second');
  run.show((lines) => [...lines, { delivery: 'second', status: 'succeeded' }]);
};
const change = (target, more) => Object.assign(target, more);
const rules = (run) => run.evidence.expected;

/** Every difference that the checker can name, with a way to break what it is about and nothing else. */
export const breaches = Object.entries({
  1: {
    'success-without-event': ({ evidence: { sent } }) => sent.push({ ...sent[0], sopInstanceUid: '1.2.3' }),
    'other-transfer-syntax': ({ evidence: { sent } }) => change(sent[0], { transferSyntaxUid: '1.2.840.10008.1.2' }),
    'event-of-nothing': ({ evidence: { sent } }) => sent.shift(),
    'stored-twice': (run) => {
      const { type, data } = run.first('instance.stored');
      run.become(run.first('series.opened'), type, data);
    },
    'event-without-object': (run) => change(run.objectOfFirst, { fault: 'no such file' }),
    'other-bytes': (run) => change(run.objectOfFirst, { sha256: 'ff' }),
    'other-size': (run) => change(run.objectOfFirst, { size: 7 }),
    'object-without-event': ({ evidence, objects }) =>
      objects.unnamed.push({ key: 'x', sha256: change(evidence, { reaped: true }).sent[0].sha256 }),
    'object-of-nobody': ({ objects }) => objects.unnamed.push({ key: 'x', sha256: 'ff' }),
  },
  2: {
    'unexpected-series': (run) => rules(run).shift(),
    'objects-undecided': (run) => run.silence(run.first('series.completed')),
    'revision-missing': (run) => {
      for (const type of ['series.completed', 'series.routed']) run.first(type).data.revision = 2;
    },
    'revision-undecided': (run) => change(run.first('series.routed').data, { revision: 7 }),
    'decided-twice': (run) => run.again(run.first('series.routed')),
    'other-content': (run) => change(run.first('series.completed').data, { digest: 'ff' }),
    'wrong-decision': (run) => change(rules(run)[0], { targets: ['research'] }),
    'wrong-decision ': (run) => change(rules(run)[1].jobs[0], { targets: ['pacs'] }),
    'decision-without-request': (run) => {
      run.drop(run.first('delivery.requested').stream);
      run.evidence.came = run.evidence.came.filter(({ target }) => target !== 'pacs');
    },
    'not-requested': (run) => {
      const { sopInstanceUid } = run.first('instance.stored').data;
      const others = run.events.filter(
        ({ type, data }) => type.startsWith('instance.stored') && data.sopInstanceUid !== sopInstanceUid,
      );
      run.first('delivery.requested').data.instances.sopInstanceUids = others.map(({ data }) => data.sopInstanceUid);
      run.silence(
        run.events.find(
          ({ type, data }) => type.startsWith('instance.delivered') && data.sopInstanceUid === sopInstanceUid,
        ),
      );
      run.evidence.came = run.evidence.came.filter((one) => one.sopInstanceUid !== sopInstanceUid);
    },
    'requested-twice': (run) => {
      secondDelivery(run);
      run.first('series.routed').data.deliveries.push({ delivery: 'second', target: 'pacs' });
    },
    'request-without-decision': secondDelivery,
    'job-decided-not-once': (run) => run.again(run.first('job.routed')),
    'other-output': (run) => change(rules(run)[1].jobs[0], { outputs: 2 }),
    'output-of-a-failed-attempt': (run) => {
      const { stream, type, data } = run.first('instance.derived');
      run.again({ stream, type, data: { ...data, attempt: 9 } });
    },
    'receipt-of-something-else': (run) => {
      const { stream, type, data } = run.first('instance.delivered');
      run.again({ stream, type, data: { ...data, sopInstanceUid: '1.2.3' } });
    },
    'receipt-twice': (run) => run.again(run.first('instance.delivered')),
    'success-without-receipt': (run) => run.silence(run.first('instance.delivered')),
    'repetition-unsaid': (run) => {
      const { stream, type, data } = run.first('delivery.attempted');
      run.add(stream, 'delivery.interrupted', { attempt: 1 });
      run.again({ stream, type, data: { ...data, attempt: 2 } });
    },
    'repetition-without-reason': (run) => change(run.first('delivery.attempted').data, { mayRepeat: true }),
    'hidden-outcome': (run) => run.show(() => []),
    'sent-unasked': ({ evidence: { came } }) => came.push({ ...came[0], sopInstanceUid: '1.2.3' }),
    'receipt-without-object': ({ evidence: { came } }) => came.shift(),
    'other-bytes-delivered': (run) => change(run.cameTo('pacs'), { dataSetSha256: 'ff' }),
    'double-unsaid': (run) => run.evidence.came.push(run.cameTo('pacs')),
  },
  3: {
    'position-missing': (run) => change(run.events.at(-1), { position: run.events.length + 1 }),
    'version-missing': (run) => {
      const event = run.last('delivery.succeeded');
      event.sequence += 1;
      run.log.heads.find(({ stream }) => stream === event.stream).version += 1;
    },
    'head-differs': ({ log }) => (log.heads[0].version += 1),
    'event-changed': (run) => (run.first('instance.stored').text.data += ' '),
    'time-goes-back': (run) => change(run.first('instance.stored'), { recordedAt: new Date(0) }),
    'effect-before-cause': (run) => (run.events.at(-1).meta.causationid = run.events.length),
    'log-does-not-verify': ({ verify }) => change(verify, { code: 1, stdout: '{"ok":false}' }),
    'rebuild-differs': ({ rebuild }) => change(rebuild, { stdout: '{"equal":false}' }),
  },
  4: {
    late: ({ evidence }) => (evidence.rest.waitedMs = 30_001),
    'timer-left': ({ log }) => log.timers.push({ stream: 'series/1', queue: 'series-quiet', claimedBy: null }),
    'event-parked': ({ log }) => log.parked.push({ consumer: 'routing.route-series', position: 3, error: 'broken' }),
    'queue-not-empty': ({ evidence }) => evidence.queues.push({ name: 'routing.route-series', messages: 1 }),
    'delivery-open': (run) => run.silence(run.first('delivery.succeeded')),
    'job-open': (run) => run.silence(run.first('job.succeeded')),
    'notification-open': (run) => run.add('notification/1', 'notification.requested', {}),
    'object-in-spool': (run) => (run.first('instance.stored').data.object.spool = 'writer/1.segment/64'),
  },
  5: {
    'heap-grew': ({ evidence: { processes } }) => (processes[0].after = { ...processes[0].before, heapUsed: 90e6 }),
    'memory-grew': ({ evidence: { processes } }) => (processes[0].after = { ...processes[0].before, rss: 400e6 }),
    'files-grew': ({ evidence: { processes } }) => (processes[0].after = { ...processes[0].before, files: 99 }),
  },
}).flatMap(([invariant, ways]) =>
  Object.entries(ways).map(([name, make]) => ({
    invariant: Number(invariant),
    name: name.trim(),
    make: (look) => {
      const run = new Run(look);
      make(run);
      return run;
    },
  })),
);
