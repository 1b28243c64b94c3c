import type { Explanation } from '@waystation/answers';
import type { DeliveryEvent, JobEvent, SeriesEvent, StudyEvent } from '@waystation/domain';
import { streamName, type ConfigurationPublished, type Recorded, type RecordedEvent } from '@waystation/events';
import { explainSeries } from '../explain/explain-series.js';
import type { StudyEvidence } from '../tell-history/study-evidence.js';

/** Why every revision of every series was decided as it was; of a series without one, what it waits for. */
export function* explainEvidence({ series, events, studyInstanceUid }: StudyEvidence): Iterable<Explanation> {
  const streams = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const stream = streams.get(event.stream) ?? [];
    stream.push(event);
    streams.set(event.stream, stream);
  }
  const configurations = (streams.get(streamName.configuration) ?? []) as RecordedEvent<ConfigurationPublished>[];
  for (const seriesInstanceUid of series) {
    const own = streams.get(streamName.series(seriesInstanceUid)) as unknown as Recorded<SeriesEvent>[] | undefined;
    if (own === undefined) continue;
    const evidence = {
      series: own,
      study: (streams.get(streamName.study(studyInstanceUid)) ?? []) as unknown as readonly Recorded<StudyEvent>[],
      jobEvents: (job: string) => (streams.get(streamName.job(job)) ?? []) as unknown as readonly Recorded<JobEvent>[],
      deliveryEvents: (delivery: string) =>
        (streams.get(streamName.delivery(delivery)) ?? []) as unknown as readonly Recorded<DeliveryEvent>[],
      configuration: (version: number) => configurations.find(({ data }) => data.version === version),
    };
    const last = explainSeries(evidence);
    for (let revision = 1; revision < last.revisions; revision++) yield explainSeries(evidence, revision);
    yield last;
  }
}
