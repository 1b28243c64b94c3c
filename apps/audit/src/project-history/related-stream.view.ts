import { categoryOf, idOf, streamName, type JobRequested, type RecordedEvent } from '@waystation/events';
import { Entity, PrimaryColumn } from 'typeorm';

/** A stream that belongs to the history of a series. */
@Entity({ name: 'related_stream' })
export class RelatedStreamView {
  @PrimaryColumn({ name: 'series_instance_uid', type: 'text' }) seriesInstanceUid: string;
  @PrimaryColumn({ type: 'text' }) stream: string;
}

/** Which streams an event ties to which series. */
export const relatedStreamsOf = (event: RecordedEvent): readonly RelatedStreamView[] => {
  const data = event.data as Readonly<Record<string, unknown>>;
  const text = (key: string): string => {
    const value = data[key];
    return typeof value === 'string' ? value : '';
  };
  const seriesOfStream = categoryOf(event.stream) === 'series' ? idOf(event.stream) : '';
  switch (event.type) {
    case 'series.opened.v1':
      return [
        { seriesInstanceUid: seriesOfStream, stream: event.stream },
        { seriesInstanceUid: seriesOfStream, stream: streamName.study(text('studyInstanceUid')) },
      ];
    case 'instance.stored.v1':
    case 'instance.duplicated.v1':
    case 'instance.conflicted.v1':
      return [{ seriesInstanceUid: seriesOfStream, stream: streamName.association(text('association')) }];
    case 'delivery.requested.v1':
      return [{ seriesInstanceUid: text('seriesInstanceUid'), stream: event.stream }];
    case 'instance.reinjected.v1':
      return [{ seriesInstanceUid: text('seriesInstanceUid'), stream: event.stream }];
    case 'job.requested.v1': {
      const { seriesInstanceUid, input, originals = input } = (event as RecordedEvent<JobRequested>).data;
      const given = originals.flatMap((part) => ('instances' in part ? [part.seriesInstanceUid] : []));
      return [...new Set([...(seriesInstanceUid === undefined ? [] : [seriesInstanceUid]), ...given])].map(
        (series) => ({ seriesInstanceUid: series, stream: event.stream }),
      );
    }
    case 'notification.requested.v1':
      return text('seriesInstanceUid') === ''
        ? []
        : [{ seriesInstanceUid: text('seriesInstanceUid'), stream: event.stream }];
    default:
      return [];
  }
};
