import { streamName } from '@waystation/events';
import { isDicomUid } from '@waystation/kernel';
import type { Request } from 'express';

/**
 * The stream that a request is about; empty for lists. Only what is an identifier of ours or a UID is taken from an address:
 * whatever else people search for may be somebody's name.
 */
export const subjectOf = ({ params, query, path }: Pick<Request, 'params' | 'query' | 'path'>): string => {
  const {
    category,
    id,
    delivery,
    job,
    seriesInstanceUid = query['series'],
    studyInstanceUid = query['study'],
  } = params;
  if (typeof category === 'string' && typeof id === 'string') return `${category}/${id}`;
  if (typeof delivery === 'string') return streamName.delivery(delivery);
  if (typeof job === 'string') return streamName.job(job);
  if (isUid(seriesInstanceUid)) return streamName.series(seriesInstanceUid);
  if (isUid(studyInstanceUid)) return streamName.study(studyInstanceUid);
  return path.startsWith('/api/configuration') ? streamName.configuration : '';
};

const isUid = (value: unknown): value is string => typeof value === 'string' && isDicomUid(value);
