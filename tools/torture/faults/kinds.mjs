import { fillStore, freeStore, lockStore, unlockStore } from './object-folder.mjs';

const service = (system, { on }) => system.services.find(({ name }) => name === on);
const wire = (system, { on }) => system.wires.find(({ name }) => name === on);
const target = (system, { on }) => system.targets.find(({ name }) => name === on);

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
 * step was seen on.
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
  'cut at a step': { begin: (system, fault, seenOn) => seenOn.cut(false) },
  cut: { begin: (system, fault) => wire(system, fault).cut(fault.reset) },
  'cut for a while': {
    begin: (system, fault) => wire(system, fault).tear(),
    end: (system, fault) => wire(system, fault).mend(),
  },
  stall: {
    begin: (system, fault) => wire(system, fault).stall(),
    end: (system, fault) => wire(system, fault).mend(),
  },
  throttle: {
    begin: (system, fault) => wire(system, fault).throttle(fault.rate),
    end: (system, fault) => wire(system, fault).mend(),
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
    begin: (system, fault) => void (target(system, fault).mood = fault.mood),
    end: (system, fault) => void (target(system, fault).mood = 'well'),
  },
  'scanner vanishes': {
    begin: ({ scanners }, { on, after }) => scanners.find(({ name }) => name === on).breaksOff.push(...after),
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
