import { Random } from '../input/random.mjs';
import { stepsOf } from './steps.mjs';

/** Most faults fall into the time in which objects come in and go out. */
const LOAD_MS = 4_000;
const EMBEDDED = ['waystation'];
const SERVICES = ['ingest 1', 'routing 1', 'dispatch 1', 'statistics 1', 'audit 1', 'control 1'];
const HOUR_MS = 3_600_000;

const wiresOf = {
  embedded: ['waystation to Postgres', 'scanners to waystation', 'dispatch to north', 'dispatch to south'],
  services: [
    ...SERVICES.flatMap((name) => [`${name} to Postgres`, `${name} to RabbitMQ`]),
    ...['ingest 1', 'dispatch 1', 'statistics 1'].map((name) => `${name} to the object store`),
    ...['scanners to ingest 1', 'dispatch to north', 'dispatch to south'],
  ],
};
const servicesOf = { embedded: EMBEDDED, services: SERVICES };

/** How a fault of a kind is drawn. */
const draws = {
  'kill at a step': (random, substrate) => ({
    at: stepOf(random, substrate),
    restartMs: random.pick([0, 0, 500, 2_000]),
  }),
  kill: (random, substrate) => ({
    on: random.pick(servicesOf[substrate]),
    at: timeOf(random),
    restartMs: random.pick([0, 500, 2_000]),
  }),
  'stop in order': (random, substrate) => ({ on: random.pick(servicesOf[substrate]), at: timeOf(random) }),
  pause: (random, substrate) => ({
    on: random.pick(servicesOf[substrate]),
    at: timeOf(random),
    forMs: random.pick([300, 1_500, 4_000, 12_000]),
  }),
  'clock jump': (random, substrate) => ({
    on: random.pick(servicesOf[substrate]),
    at: timeOf(random),
    forMs: random.between(500, 4_000),
    aheadMs: random.pick([-25, -1, 1, 25]) * HOUR_MS,
  }),
  'slow disk': (random, substrate) => ({
    on: servicesOf[substrate][0],
    at: timeOf(random),
    forMs: random.between(1_000, 6_000),
    slowMs: random.pick([5, 20, 100]),
  }),
  'cut at a step': (random, substrate) => ({ at: stepOf(random, substrate) }),
  cut: (random, substrate) => ({ on: random.pick(wiresOf[substrate]), at: timeOf(random), reset: random.oneIn(2) }),
  'cut for a while': (random, substrate) => ({
    ...{ on: random.pick(wiresOf[substrate]), at: timeOf(random), forMs: random.between(500, 4_000) },
  }),
  stall: (random, substrate) => ({
    on: random.pick(wiresOf[substrate]),
    at: timeOf(random),
    forMs: random.pick([300, 1_500, 4_000, 8_000]),
  }),
  throttle: (random, substrate) => ({
    on: random.pick(wiresOf[substrate]),
    at: timeOf(random),
    forMs: random.between(1_000, 4_000),
    rate: random.pick([20_000, 200_000]),
  }),
  'kill Postgres': (random) => ({ at: timeOf(random), forMs: random.pick([0, 1_000, 3_000]) }),
  'pause Postgres': (random) => ({ at: timeOf(random), forMs: random.pick([500, 2_000, 6_000]) }),
  target: (random) => ({
    on: random.pick(['north', 'south']),
    at: timeOf(random),
    forMs: random.between(500, 4_000),
    mood: random.pick(['slow', 'full', 'refusing', 'aborting', 'silent']),
  }),
  'scanner vanishes': (random) => ({
    on: `SCANNER${random.between(1, 4)}`,
    at: { ms: 0 },
    // Every place in the first associations: the request, between command and data, between pieces of the data.
    after: Array.from({ length: random.between(1, 3) }, () => random.between(1, 24)),
  }),
  'full store': (random) => ({ at: timeOf(random), forMs: random.between(500, 3_000) }),
  'read-only store': (random) => ({ at: timeOf(random), forMs: random.between(500, 3_000) }),
  'kill RabbitMQ': (random) => ({ at: timeOf(random), forMs: random.pick([0, 2_000]) }),
  'pause RabbitMQ': (random) => ({ at: timeOf(random), forMs: random.pick([500, 3_000, 8_000]) }),
  'memory alarm': (random) => ({ at: timeOf(random), forMs: random.pick([1_000, 4_000]) }),
  'news again': (random) => ({ at: timeOf(random) }),
  'kill S3': (random) => ({ at: timeOf(random), forMs: random.pick([0, 2_000]) }),
  'pause S3': (random) => ({ at: timeOf(random), forMs: random.pick([500, 3_000]) }),
};

/** How often each kind is drawn, beside the others. */
const common = {
  'kill at a step': 8,
  kill: 2,
  'stop in order': 1,
  pause: 3,
  'clock jump': 1,
  'slow disk': 1,
  'cut at a step': 4,
  cut: 2,
  'cut for a while': 2,
  stall: 3,
  throttle: 2,
  'kill Postgres': 1,
  'pause Postgres': 1,
  target: 4,
  'scanner vanishes': 2,
};
const weightsOf = {
  embedded: { ...common, 'full store': 1, 'read-only store': 1 },
  services: {
    ...common,
    ...{ 'kill RabbitMQ': 1, 'pause RabbitMQ': 1, 'memory alarm': 1, 'news again': 2, 'kill S3': 1, 'pause S3': 1 },
  },
};

const timeOf = (random) => ({ ms: random.between(200, LOAD_MS) });

const stepOf = (random, substrate) => {
  const { most, ...step } = random.pick(stepsOf[substrate]);
  return { ...step, nth: random.between(1, most) };
};

/** Every kind of fault of a substrate. */
export const kindsOf = (substrate) => Object.keys(weightsOf[substrate]);

/** The faults of a run. The same seed, number and substrate draw the same. Runs begin with each kind in turn, so that all come. */
export function scheduleOf({ seed, number, substrate }) {
  const random = new Random(`${seed} faults ${substrate}`);
  const bag = Object.entries(weightsOf[substrate]).flatMap(([kind, weight]) =>
    Array.from({ length: weight }, () => kind),
  );
  const kinds = kindsOf(substrate);
  return Array.from({ length: random.between(2, 6) }, (_, index) => {
    const kind = index === 0 ? kinds[number % kinds.length] : random.pick(bag);
    return { kind, ...draws[kind](random, substrate) };
  });
}
