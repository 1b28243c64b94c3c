import { expect, it } from 'vitest';
import { kindOfAccess } from './kind-of-access.js';

it.each([
  ['GET', '/api/series/:seriesInstanceUid/history', 'history'],
  ['GET', '/api/series/:seriesInstanceUid/replay', 'history'],
  ['GET', '/api/series', 'history'],
  ['GET', '/api/something-new', 'history'],
  ['GET', '/api/studies/:studyInstanceUid/bundle', 'bundle'],
  ['GET', '/api/series/:seriesInstanceUid/objects/:sopInstanceUid', 'object'],
  ['GET', '/api/jobs', 'history'],
  ['GET', '/api/jobs/:job/objects/log', 'object'],
  ['GET', '/api/configuration', 'configuration'],
  ['GET', '/api/configuration/versions', 'configuration'],
  ['GET', '/api/configuration/versions/:version', 'configuration'],
  ['GET', '/api/configuration/diff', 'configuration'],
  ['POST', '/api/configuration/check', 'configuration'],
  ['GET', '/api/configuration/schema', undefined],
  ['POST', '/api/configuration/rollback', undefined],
  ['GET', '/api/configuration/history', 'history'],
  ['POST', '/api/what-if', 'history'],
  ['POST', '/api/retention', 'history'],
  ['POST', '/api/patients/find', 'history'],
  ['POST', '/api/series/search', 'history'],
  ['POST', '/api/patients/forget', undefined],
  ['POST', '/api/series/search', 'history'],
  ['POST', '/api/patients/find', 'history'],
  ['POST', '/api/patients/forget', undefined],
  ['PUT', '/api/configuration', undefined],
  ['POST', '/api/deliveries/:delivery/redrive', undefined],
  ['GET', '/api/events', undefined],
  ['GET', '/api/events/stream', undefined],
  ['GET', '/api/queues', undefined],
  ['GET', '/api/rebuild/:generation', undefined],
  ['GET', '/health/ready', undefined],
  ['GET', '/metrics', undefined],
])('%s %s shows %s', (method, route, kind) => {
  expect(kindOfAccess(method, route)).toBe(kind);
});
