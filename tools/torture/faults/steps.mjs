/** Events that are appended often in a run, and those of which there are a few. */
const OFTEN = ['instance.stored', 'instance.delivered'];
const SELDOM = [
  ...[
    'association.accepted',
    'association.released',
    'series.opened',
    'series.completed',
    'series.routed',
    'study.opened',
  ],
  ...[
    'study.series-matched',
    'study.completed',
    'study.routed',
    'job.requested',
    'job.started',
    'job.succeeded',
    'job.routed',
  ],
  ...['delivery.requested', 'delivery.attempted', 'delivery.succeeded'],
];

/** Who appends what, where each service is a process of its own. */
const appendedBy = (type) => {
  const [stream] = type.split('.');
  if (['association', 'instance.stored', 'series.opened'].some((begin) => type.startsWith(begin))) return 'ingest';
  if (['delivery.attempted', 'delivery.succeeded', 'instance.delivered'].includes(type)) return 'dispatch';
  return ['job.started', 'job.succeeded'].includes(type) ? 'statistics' : stream === 'control' ? stream : 'routing';
};

/** Before the statement, while it runs, when it is committed but nobody was told, and when the service knows. */
const aroundAppend = (wire, type, most) =>
  [
    ['before', `append of ${type}.v1`],
    ['after', `append of ${type}.v1`],
    ['before', `appended ${type}.v1`],
    ['after', `appended ${type}.v1`],
  ].map(([phase, step]) => ({ wire, phase, step, most }));

const around = (wire, most, ...steps) =>
  steps.flatMap((step) => ['before', 'after'].map((phase) => ({ wire, phase, step, most })));

/** The steps that are the same in both substrates. @param of the name of the process that does the work of a service */
const commonSteps = (of) => [
  ...OFTEN.flatMap((type) => aroundAppend(`${of(appendedBy(type))} to Postgres`, type, 20)),
  ...SELDOM.flatMap((type) => aroundAppend(`${of(appendedBy(type))} to Postgres`, type, 2)),
  ...around(`scanners to ${of('ingest')}`, 30, 'association request', 'object', 'object answered', 'release request'),
  ...around('dispatch to north', 30, 'association accepted', 'object', 'object answered', 'released'),
  { wire: `${of('dispatch')} to Postgres`, phase: 'after', step: 'claimed', most: 4 },
  { wire: `${of('routing')} to Postgres`, phase: 'after', step: 'claimed', most: 4 },
];

const brokerSteps = [
  ...around('ingest 1 to RabbitMQ', 20, 'publish', 'confirmed'),
  ...['routing', 'dispatch', 'audit'].flatMap((service) =>
    around(`${service} 1 to RabbitMQ`, 5, 'news', 'acknowledge'),
  ),
];
const objectSteps = [
  ...around('ingest 1 to the object store', 20, 'put', 'put answered'),
  ...around('dispatch 1 to the object store', 5, 'get', 'get answered'),
];

/** The named steps of a substrate at which a service can be killed or a wire cut. */
export const stepsOf = {
  embedded: commonSteps(() => 'waystation'),
  services: [...commonSteps((service) => `${service} 1`), ...brokerSteps, ...objectSteps],
};
