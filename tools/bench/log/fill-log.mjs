import { readFileSync } from 'node:fs';
import pg from 'pg';
import { CreateReadModels1767312000000 } from '../../../apps/audit/dist/index.js';
import { EventLog, migrate } from '../../../libs/event-log/dist/index.js';
import { ConfigurationDocument } from '../../../libs/events/dist/index.js';
import { CreateIdentityKeys1767268800000 } from '../../../libs/identity/dist/index.js';
import { compileRules } from '../../../libs/rules/dist/index.js';
import { fortyRules } from './forty-rules.mjs';

/** Series whose objects come in turns, as from so many scanners. */
const TOGETHER = 4;
/** Events of a series: it is opened, gets its objects, is complete and decided. */
export const SERIES = 253;
const BLOCK = TOGETHER * SERIES;
/** Events in one statement. */
const PIECE = 100 * BLOCK;

const sampleOf = (type) =>
  JSON.parse(readFileSync(new URL(`../../../libs/events/samples/${type}.json`, import.meta.url), 'utf8'));

/** Texts of an event as the product writes it, with the sample's UIDs in it. */
function templates() {
  const opened = sampleOf('series.opened.v1');
  const stored = sampleOf('instance.stored.v1');
  const completed = sampleOf('series.completed.v1');
  const routed = sampleOf('series.routed.v1').data;
  const { rules } = ConfigurationDocument.parse(fortyRules);
  const { outcome, verdicts } = compileRules(rules).explain({ facts: opened.data.header });
  // What most objects do not have.
  const { identity: _identity, warnings: _warnings, ...data } = stored.data;
  const { spool: _spool, ...object } = data.object;
  const { correlationid, authid: name, authaddress: address, traceparent } = stored;
  const metadata = { correlationid, actor: { kind: 'peer', name, address }, traceparent };
  return {
    opened: JSON.stringify(opened.data),
    stored: JSON.stringify({ ...data, object }),
    completed: JSON.stringify(completed.data),
    metadata: JSON.stringify(metadata),
    seriesUid: opened.subject.split('/')[1],
    sopInstanceUid: data.sopInstanceUid,
    sha256: object.sha256,
    routed: JSON.stringify({ ...routed, outcome, verdicts, configuration: { ...routed.configuration, version: 1 } }),
    representative: routed.representative,
  };
}

/**
 * Fills a new log by statements of its owner: the rows are those that appends write, and it takes seconds instead of minutes.
 * @returns the number of events, rounded up to whole series
 */
export async function fillLog(url, wanted, say) {
  await migrate(url, [CreateIdentityKeys1767268800000, CreateReadModels1767312000000]);
  const events = Math.ceil(wanted / BLOCK) * BLOCK;
  const owner = new pg.Client(url);
  await owner.connect();
  await owner.query(`
    insert into log.stream (stream_id, version, first_position, last_position)
    select 'series/' || '1.2.826.0.1.3680043.8.498.' || lpad(((s + 1)::numeric * 7919 % 1e38)::text, 38, '3'), ${SERIES},
      s / ${TOGETHER} * ${BLOCK} + s % ${TOGETHER} + 1, s / ${TOGETHER} * ${BLOCK} + ${BLOCK - TOGETHER} + s % ${TOGETHER} + 1
    from generate_series(0, ${(events / BLOCK) * TOGETHER - 1}) s`);
  await owner.query('analyze log.stream');
  const texts = Object.values(templates());
  for (let after = 0; after < events; after += PIECE) {
    await owner.query(insertPiece, [after, Math.min(after + PIECE, events), ...texts]);
    say(`filled ${Math.min(after + PIECE, events)} of ${events} events`);
  }
  await owner.query('vacuum analyze');
  await publish(url);
  await owner.query('checkpoint');
  await owner.end();
  return events;
}

/** The configuration by which all was decided; it stands behind all that. */
async function publish(url) {
  const { type, data } = sampleOf('configuration.published.v1');
  const published = { ...data, version: 1, document: ConfigurationDocument.parse(fortyRules) };
  const log = await EventLog.open({ url, applicationName: 'bench' });
  const part = { stream: 'configuration', expected: 0, events: [{ type, data: published }] };
  await log.append({ time: new Date().toISOString(), metadata: {}, parts: [part] });
  await log.close();
}

/** The UID of the object at a position. */
const uidOf = (position) => `'1.2.826.0.1.3680043.8.498.' || lpad(((${position}) * 104729)::text, 38, '1')`;

const insertPiece = `
  insert into log.event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
  select position, stream_no, version, type, recorded_at, occurred_at, data::json, meta::json,
    sha256(convert_to(concat_ws(E'\\n', type, stream_id,
      to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), data, meta), 'UTF8'))
  from (
    select p as position, s.stream_no, s.stream_id, v as version,
      case v when 1 then 'series.opened.v1' when ${SERIES - 1} then 'series.completed.v1' when ${SERIES} then 'series.routed.v1'
        else 'instance.stored.v1' end as type,
      timestamptz '2026-01-01Z' + p / 10 * interval '10 ms' as recorded_at,
      timestamptz '2026-01-01Z' + p * interval '1 ms' - interval '3 ms' as occurred_at,
      case v when 1 then replace($3::text, $7, split_part(s.stream_id, '/', 2)) when ${SERIES - 1} then $5::text
        when ${SERIES} then replace($10::text, $11, ${uidOf(`p - ${(SERIES - 2) * TOGETHER}`)})
        else replace(replace($4::text, $8, ${uidOf('p')}),
          $9, encode(sha256(p::text::bytea), 'hex')) end as data,
      $6::text as meta
    from generate_series($1::bigint + 1, $2::bigint) p
    cross join lateral (select ((p - 1) % ${BLOCK} / ${TOGETHER} + 1)::int as v,
      (p - 1) / ${BLOCK} * ${TOGETHER} + (p - 1) % ${TOGETHER} + 1 as no) place
    join log.stream s on s.stream_no = place.no
  ) e order by position`;
