import pg from 'pg';

/** What an event of a filled log takes: its data as text, and with everything that the table and its indexes need. */
export async function sizesOf(url) {
  const owner = new pg.Client(url);
  await owner.connect();
  const { rows } = await owner.query(`
    select sum(pg_table_size(p.relid))::float8 as "table", sum(pg_total_relation_size(p.relid))::float8 as "total",
      (select count(*)::float8 from log.event) as "events",
      (select avg(octet_length(data::text) + octet_length(meta::text))::float8 from log.event) as "text"
    from pg_partition_tree('log.event') p where p.isleaf`);
  await owner.end();
  const [{ table, total, events, text }] = rows;
  return { text, table: table / events, total: total / events };
}
