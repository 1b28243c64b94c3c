import { createHash } from 'node:crypto';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Changes } from './changes.js';
import { DeliveryView } from './delivery.view.js';
import { erase } from './erasure.js';
import { JobView } from './job.view.js';
import { NameTokenView } from './name-token.view.js';
import { NotificationView } from './notification.view.js';
import { QuarantineView } from './quarantine.view.js';
import { RefusalView } from './refusal.view.js';
import { ReinjectionView } from './reinjection.view.js';
import { RelatedStreamView } from './related-stream.view.js';
import { SealedSeriesView } from './sealed-series.view.js';
import { SeriesView } from './series.view.js';
import { StudyView } from './study.view.js';

const CHECKPOINT = 'audit/read-models';
/** One projector at a time, whichever process it runs in. The number has no meaning but must stay. */
const LOCK = 730_500_201;

/** The schema of the read models that are in force. */
const IN_FORCE = 'view';

/** The tables, and the order of their lines in the digest: by bytes, so that it is the same on every machine. */
const tables = {
  series: 'series_instance_uid collate "C"',
  delivery: 'delivery collate "C"',
  study: 'study_instance_uid collate "C", rule collate "C"',
  job: 'job collate "C"',
  notification: 'notification collate "C"',
  related_stream: 'series_instance_uid collate "C", stream collate "C"',
  quarantine: 'object_key collate "C"',
  reinjection: 'sha256 collate "C"',
  refusal: 'position',
  sealed_series: 'key, series_instance_uid collate "C"',
  name_token: 'token collate "C", series_instance_uid collate "C", key',
} as const;

/** Opens the read models of a log. @param schema of a generation that is not in force yet */
export const openReadModels = (url: string, schema = IN_FORCE): Promise<DataSource> =>
  new DataSource({
    type: 'postgres',
    url,
    schema,
    applicationName: 'audit',
    entities: [
      SeriesView,
      DeliveryView,
      StudyView,
      JobView,
      NotificationView,
      RelatedStreamView,
      QuarantineView,
      ReinjectionView,
      RefusalView,
      SealedSeriesView,
      NameTokenView,
    ],
    extra: { options: '-c role=waystation_app -c timezone=UTC', max: 5, connectionTimeoutMillis: 5000 },
  }).initialize();

/** The position that the read models in force have reached. */
export const reachedBy = async (manager: EntityManager): Promise<number> => {
  const rows: { position: string }[] = await manager.query('select position from log.checkpoint where name = $1', [
    CHECKPOINT,
  ]);
  return Number(rows[0]?.position ?? 0);
};

/** Runs a step of projecting alone, with the position that the read models have reached. */
export const projecting = <Result>(
  views: DataSource,
  step: (manager: EntityManager, reached: number) => Promise<Result>,
): Promise<Result> =>
  views.transaction(async (manager) => {
    await manager.query('select pg_advisory_xact_lock($1)', [LOCK]);
    return step(manager, await reachedBy(manager));
  });

/** Writes changed lines. */
export const write = async (manager: EntityManager, changes: Changes): Promise<void> => {
  await upsert(manager, SeriesView, [...changes.series.values()], ['seriesInstanceUid']);
  await upsert(manager, DeliveryView, [...changes.deliveries.values()], ['delivery']);
  await upsert(manager, StudyView, [...changes.studies.values()], ['studyInstanceUid', 'rule']);
  await upsert(manager, JobView, [...changes.jobs.values()], ['job']);
  await upsert(manager, NotificationView, [...changes.notifications.values()], ['notification']);
  await upsert(manager, RelatedStreamView, [...changes.relatedStreams.values()], ['seriesInstanceUid', 'stream']);
  await upsert(manager, QuarantineView, [...changes.quarantine.values()], ['objectKey']);
  await upsert(manager, ReinjectionView, [...changes.reinjections.values()], ['sha256']);
  await addNew(manager, RefusalView, changes.refusals);
  await addNew(manager, SealedSeriesView, changes.sealedSeries);
  await addNew(manager, NameTokenView, changes.nameTokens);
  for (const erasure of changes.erasures) await erase(manager, erasure);
};

const upsert = async <View extends ObjectLiteral>(
  manager: EntityManager,
  view: EntityTarget<View>,
  rows: readonly View[],
  key: string[],
): Promise<void> => {
  const repository = manager.getRepository(view);
  // A statement takes 65,535 parameters; the widest line has 17.
  for (let from = 0; from < rows.length; from += 1000) await repository.upsert(rows.slice(from, from + 1000), key);
};

/** Writes lines that stay as they were first written. */
const addNew = async <View extends ObjectLiteral>(
  manager: EntityManager,
  view: EntityTarget<View>,
  rows: readonly View[],
): Promise<void> => {
  for (let from = 0; from < rows.length; from += 1000) {
    const lines = rows.slice(from, from + 1000);
    await manager.createQueryBuilder().insert().into(view).values(lines).orIgnore().execute();
  }
};

/** Notes how far the read models have come. */
export const reach = async (manager: EntityManager, position: number): Promise<void> => {
  await manager.query(
    `insert into log.checkpoint (name, position) values ($1, $2)
     on conflict (name) do update set position = excluded.position`,
    [CHECKPOINT, position],
  );
};

/** SHA-256 over all lines of all read models, in order of their keys. */
export const digestOf = async (manager: EntityManager, schema = IN_FORCE): Promise<string> => {
  const digests: string[] = [];
  for (const [table, key] of Object.entries(tables)) {
    const rows: { digest: string }[] = await manager.query(
      `select encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea order by ${key}), ''::bytea)), 'hex') as digest
        from "${schema}".${table} t`,
    );
    digests.push(rows[0]?.digest ?? '');
  }
  return createHash('sha256').update(digests.join('\n')).digest('hex');
};
