import type { DeliveryExplained, JobExplained, StudyExplained } from '@waystation/answers';
import type { StudyEvent } from '@waystation/domain';
import type {
  CollectedSeries,
  ConfigurationPublished,
  Recorded,
  RecordedEvent,
  SeriesRouted,
} from '@waystation/events';
import { sentenceFor } from '../tell-history/sentence-for.js';
import { explainDelivery } from './explain-delivery.js';
import { explainJobs, type JobGrounds } from './explain-jobs.js';
import { groundOf } from './ground-of.js';

/** What an explanation of a study is made of. */
export interface StudyGrounds extends JobGrounds {
  /** The events of the study. */
  readonly study: readonly Recorded<StudyEvent>[];
  /** How a version of the configuration was published. */
  configuration(version: number): RecordedEvent<ConfigurationPublished> | undefined;
}

/** What became of a revision of a series for each rule that matched it and waits for its study. */
export const explainStudies = (
  grounds: StudyGrounds,
  seriesInstanceUid: string,
  { revision, studyRules = [] }: SeriesRouted['data'],
): readonly StudyExplained[] => {
  const isMeant = (one: CollectedSeries): boolean =>
    one.seriesInstanceUid === seriesInstanceUid && one.revision === revision;
  return studyRules.map((rule) => {
    const last = grounds.study.findLast((event) => isAbout(event, rule, isMeant));
    if (last === undefined) {
      const because = 'the study has not heard of it yet';
      return { rule, ground: null, because, revision: null, deliveries: [], jobs: [] };
    }
    const completed = last.type === 'study.completed.v1' ? last.data : undefined;
    return {
      rule,
      ground: groundOf(last),
      because: sentenceFor(last),
      revision: completed?.revision ?? null,
      deliveries: completed ? deliveriesOf(grounds, { ...completed, meant: { seriesInstanceUid, revision } }) : [],
      jobs: completed ? jobsOf(grounds, completed) : [],
    };
  });
};

const isAbout = (event: Recorded<StudyEvent>, rule: string, isMeant: (series: CollectedSeries) => boolean): boolean => {
  if (event.type === 'study.series-matched.v1') return event.data.rule === rule && isMeant(event.data.series);
  return (
    (event.type === 'study.completed.v1' || event.type === 'study.force-completed.v1') &&
    event.data.rule === rule &&
    event.data.series.some(isMeant)
  );
};

interface Completed {
  readonly rule: string;
  readonly revision: number;
  readonly follow?: string | undefined;
  readonly configuration: { readonly version: number };
  readonly meant: { readonly seriesInstanceUid: string; readonly revision: number };
}

const deliveriesOf = (
  grounds: StudyGrounds,
  { rule, revision, follow, meant, ...completed }: Completed,
): readonly DeliveryExplained[] => {
  const published = grounds.configuration(completed.configuration.version)?.data;
  return grounds.study
    .filter((event) => event.type === 'study.routed.v1')
    .filter(({ data }) => data.rule === rule && data.revision === revision)
    .flatMap(({ data }) => data.deliveries)
    .filter((one) => one.seriesInstanceUid === meant.seriesInstanceUid && one.revision === meant.revision)
    .map(({ delivery, target }) =>
      explainDelivery({ delivery, target, rules: [follow ?? rule] }, grounds.deliveryEvents(delivery), published),
    );
};

const jobsOf = (
  grounds: StudyGrounds,
  { rule, revision, configuration }: Omit<Completed, 'meant'>,
): readonly JobExplained[] => {
  const jobs = grounds.study
    .filter((event) => event.type === 'study.routed.v1')
    .filter(({ data }) => data.rule === rule && data.revision === revision)
    .flatMap(({ data }) => data.jobs ?? []);
  return explainJobs(grounds, jobs, grounds.configuration(configuration.version)?.data);
};
