import { expect, it } from 'vitest';
import { subjectOf } from './subject-of.js';

it.each([
  ['/api/series/1.2.3/history', { seriesInstanceUid: '1.2.3' }, {}, 'series/1.2.3'],
  ['/api/studies/1.2.3/history', { studyInstanceUid: '1.2.3' }, {}, 'study/1.2.3'],
  ['/api/streams/delivery/d-1/replay', { category: 'delivery', id: 'd-1' }, {}, 'delivery/d-1'],
  ['/api/deliveries/d-1', { delivery: 'd-1' }, {}, 'delivery/d-1'],
  ['/api/jobs/j-1/objects/log', { job: 'j-1' }, {}, 'job/j-1'],
  ['/api/configuration/history', {}, {}, 'configuration'],
  ['/api/series', {}, { study: '1.2.3' }, 'study/1.2.3'],
  ['/api/deliveries', {}, { series: '1.2.3', limit: '5' }, 'series/1.2.3'],
  ['/api/series', {}, { modality: 'CT' }, ''],
  ['/api/series', {}, { study: 'Doe^Jane' }, ''],
  ['/api/series', {}, { series: ['1.2', '1.3'] }, ''],
  ['/api/patients/Doe^Jane/history', { patient: 'Doe^Jane' }, {}, ''],
])('of %s with %j and %j', (path, params, query, expected) => {
  expect(subjectOf({ path, params: params as Record<string, string>, query })).toBe(expected);
});
