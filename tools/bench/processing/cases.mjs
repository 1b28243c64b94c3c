/** What is measured: one job after another, each on one object. `against`: what does the same without Waystation. */
export const cases = {
  app: { about: 'a processing app whose module does nothing, through the log' },
  'app-dcmjs': { about: 'one that reads the object with dcmjs and says a value of it', against: 'script-dcmjs' },
  'script-dcmjs': { about: 'the same as a plain script: a file is read with dcmjs, and a file of JSON written' },
  container: {
    about: 'a module that is a container and does nothing, through the log',
    engine: true,
    against: 'engine-alone',
  },
  'engine-alone': {
    about: 'the same container, created, started, waited for and removed by the engine, and nothing else',
    engine: true,
  },
};
