import { fillStore, freeStore, lockStore, unlockStore } from './object-folder.mjs';

/** So long a fault waits for somebody to befall. */
const PATIENCE_MS = 3_000;
const service = (system, { on }) => system.services.find(({ name }) => name === on);
const wire = (system, { on }) => system.wires.find(({ name }) => name === on);
const target = (system, { on }) => system.targets.find(({ name }) => name === on);

/** What was cut, refused or held up on a wire so far, and so with the others: a fault that finds nobody does nothing. */
const tollOfWire = (system, fault) => wire(system, fault).toll;
const tollOfTarget = (system, fault) => target(system, fault).toll;
const tollOfScanner = ({ scanners }, { on }) => scanners.find(({ name }) => name === on).toll;

const killing = (server) => ({
  begin: ({ servers }) => servers[server].kill(),
  end: ({ servers }) => servers[server].restart(),
});
const pausing = (server) => ({
  begin: ({ servers }) => servers[server].pause(),
  end: ({ servers }) => servers[server].resume(),
});

/**
 * What a fault of a kind does: `begin`, and `end` after its time where it has one. A fault at a step is told the wire that the
 * step was seen on. Where `begin` says false nothing happened, and where there is a `toll`, unless it rose.
 */
export const kinds = {
  'kill at a step': { begin: (system, { restartMs }, { owner }) => system.service(owner).kill(restartMs) },
  kill: { begin: (system, fault) => service(system, fault).kill(fault.restartMs) },
  'stop in order': { begin: (system, fault) => service(system, fault).restart() },
  pause: {
    begin: (system, fault) => service(system, fault).pause(),
    end: (system, fault) => service(system, fault).resume(),
  },
  'clock jump': {
    begin: (system, fault) => service(system, fault).setClock(fault.aheadMs),
    end: (system, fault) => service(system, fault).setClock(0),
  },
  'slow disk': {
    begin: async (system, fault) => {
      await system.servers.database.setDisk(fault.slowMs);
      service(system, fault).setDisk(fault.slowMs);
    },
    end: async (system, fault) => {
      service(system, fault).setDisk(0);
      await system.servers.database.setDisk(0);
    },
  },
  'cut at a step': { begin: (system, fault, seenOn) => seenOn.cut(false) },
  cut: {
    begin: async (system, fault) => {
      await wire(system, fault).used(PATIENCE_MS);
      wire(system, fault).cut(fault.reset);
    },
    toll: tollOfWire,
  },
  'cut for a while': {
    begin: async (system, fault) => {
      await wire(system, fault).used(PATIENCE_MS);
      wire(system, fault).tear();
    },
    end: (system, fault) => wire(system, fault).mend(),
    toll: tollOfWire,
  },
  stall: {
    begin: async (system, fault) => {
      await wire(system, fault).used(PATIENCE_MS);
      wire(system, fault).stall();
    },
    end: (system, fault) => wire(system, fault).mend(),
    toll: tollOfWire,
  },
  throttle: {
    begin: async (system, fault) => {
      await wire(system, fault).used(PATIENCE_MS);
      wire(system, fault).throttle(fault.rate);
    },
    end: (system, fault) => wire(system, fault).mend(),
    toll: tollOfWire,
  },
  'kill Postgres': killing('database'),
  'pause Postgres': pausing('database'),
  'kill RabbitMQ': killing('broker'),
  'pause RabbitMQ': pausing('broker'),
  'kill S3': killing('objects'),
  'pause S3': pausing('objects'),
  'memory alarm': {
    begin: ({ servers: { broker } }) => broker.alarm(),
    end: ({ servers: { broker } }) => broker.endAlarm(),
  },
  'news again': { begin: ({ news }) => news.tellAgain() },
  target: {
    begin: async (system, fault) => {
      await wire(system, { on: `dispatch to ${fault.on}` }).used(PATIENCE_MS);
      target(system, fault).mood = fault.mood;
    },
    end: (system, fault) => void (target(system, fault).mood = 'well'),
    toll: tollOfTarget,
  },
  'scanner vanishes': {
    begin: ({ scanners }, { on, after }) => void scanners.find(({ name }) => name === on).breaksOff.push(...after),
    toll: tollOfScanner,
  },
  'full store': {
    begin: ({ objectFolder }) => fillStore(objectFolder),
    end: ({ objectFolder }) => freeStore(objectFolder),
  },
  'read-only store': {
    begin: ({ objectFolder }) => lockStore(objectFolder),
    end: ({ objectFolder }) => unlockStore(objectFolder),
  },
};
