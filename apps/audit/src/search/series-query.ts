import { LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import type { SeriesView } from '../project-history/series.view.js';
import { PageQuery } from './page-query.js';

/** Which series. */
export const SeriesQuery = PageQuery.extend({
  study: z.string().optional(),
  modality: z.string().optional(),
  status: z.enum(['receiving', 'complete']).optional(),
  outcome: z.enum(['routed', 'discarded', 'unmatched', 'undecided']).optional(),
});
export type SeriesQuery = z.infer<typeof SeriesQuery>;

/** The same by patient. It is asked for in a body: who somebody is has no place in an address, which ends up in logs. */
export const PatientSearch = z.strictObject({
  ...SeriesQuery.shape,
  patientId: z.string().min(1).max(64).optional(),
  issuer: z.string().max(64).optional(),
  /** Words of the name, all of which have to be there, in any order and case. */
  patientName: z.string().min(1).max(400).optional(),
});
export type PatientSearch = z.infer<typeof PatientSearch>;

/** What is asked of the line itself. */
export const whereSeries = (query: SeriesQuery): FindOptionsWhere<SeriesView> => ({
  ...(query.study === undefined ? {} : { studyInstanceUid: query.study }),
  ...(query.modality === undefined ? {} : { modality: query.modality }),
  ...(query.status === undefined ? {} : { status: query.status }),
  ...(query.outcome === undefined ? {} : { outcome: query.outcome }),
  ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
});
