import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { Changes } from './changes.js';
import { DeliveryView } from './delivery.view.js';
import { QuarantineView } from './quarantine.view.js';
import { RelatedStreamView } from './related-stream.view.js';
import { SeriesView } from './series.view.js';

const CHECKPOINT = 'audit/read-models';
/** One projector at a time, whichever process it runs in. The number has no meaning but must stay. */
const LOCK = 730_500_201;

const tables = ['view.series', 'view.delivery', 'view.related_stream', 'view.quarantine'] as const;
const keys: Readonly<Record<(typeof tables)[number], string>> = {
  'view.series': 'series_instance_uid',
  'view.delivery': 'delivery',
  'view.related_stream': 'series_instance_uid, stream',
  'view.quarantine': 'object_key',
};

/** Opens the read models of a log. */
export const openReadModels = (url: string): Promise<DataSource> =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName: 'audit',
    entities: [SeriesView, DeliveryView, RelatedStreamView, QuarantineView],
    extra: { options: '-c role=waystation_app -c timezone=UTC', max: 5, connectionTimeoutMillis: 5000 },
  }).initialize();

/** Runs a step of projecting alone, with the position that the read models have reached. */
export const projecting = <Result>(
  views: DataSource,
  step: (manager: EntityManager, reached: number) => Promise<Result>,
): Promise<Result> =>
  views.transaction(async (manager) => {
    await manager.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const rows: { position: string }[] = await manager.query('select position from log.checkpoint where name = $1', [
      CHECKPOINT,
    ]);
    return step(manager, Number(rows[0]?.position ?? 0));
  });

/** Writes changed lines. */
export const write = async (manager: EntityManager, changes: Changes): Promise<void> => {
  await upsert(manager, SeriesView, [...changes.series.values()], ['seriesInstanceUid']);
  await upsert(manager, DeliveryView, [...changes.deliveries.values()], ['delivery']);
  await upsert(manager, RelatedStreamView, [...changes.relatedStreams.values()], ['seriesInstanceUid', 'stream']);
  await upsert(manager, QuarantineView, [...changes.quarantine.values()], ['objectKey']);
};

const upsert = async <View extends ObjectLiteral>(
  manager: EntityManager,
  view: EntityTarget<View>,
  rows: readonly View[],
  key: string[],
): Promise<void> => {
  const repository = manager.getRepository(view);
  // A statement takes 65,535 parameters; the widest line has 14.
  for (let from = 0; from < rows.length; from += 1000) await repository.upsert(rows.slice(from, from + 1000), key);
};

/** Notes how far the read models have come. */
export const reach = async (manager: EntityManager, position: number): Promise<void> => {
  await manager.query(
    `insert into log.checkpoint (name, position) values ($1, $2)
     on conflict (name) do update set position = excluded.position`,
    [CHECKPOINT, position],
  );
};

/** Empties every read model; seen by others only when the transaction commits. */
export const clear = async (manager: EntityManager): Promise<void> => {
  for (const table of tables) await manager.query(`delete from ${table}`);
};

/** SHA-256 over all lines of all read models, in order of their keys. */
export const digestOf = async (manager: EntityManager): Promise<string> => {
  const digests: string[] = [];
  for (const table of tables) {
    const rows: { digest: string }[] = await manager.query(
      `select encode(sha256(coalesce(string_agg(sha256(convert_to(t::text, 'UTF8')), ''::bytea order by ${keys[table]}), ''::bytea)), 'hex') as digest from ${table} t`,
    );
    digests.push(rows[0]?.digest ?? '');
  }
  const rows: { digest: string }[] = await manager.query(
    `select encode(sha256(convert_to($1, 'UTF8')), 'hex') as digest`,
    [digests.join('\n')],
  );
  return rows[0]?.digest ?? '';
};
