-- The units that cannot be written, each with its first part at fault. Only under the append lock.
-- A part sees the events that earlier parts of its unit add. A stream whose version is checked belongs to one unit of
-- the call: that it is in a second one is a fault of the caller, and refused.
create function log.refused_parts(p_unit int[], p_stream text[], p_expected int[], p_part int[])
returns table (unit int, stream_id text, expected int, actual int) language plpgsql stable
set search_path = log, pg_temp as $$
#variable_conflict use_column
begin
  return query
  with checked as (
    select p.*, coalesce(s.version, 0) as version,
      sum(coalesce(e.events, 0)) over (partition by p.unit, p.stream_id order by p.part
        rows between unbounded preceding and 1 preceding) as before,
      min(p.unit) over (partition by p.stream_id) as first_unit
    from unnest(p_unit, p_stream, p_expected) with ordinality p (unit, stream_id, expected, part)
    left join (select part, count(*) as events from unnest(p_part) part group by part) e on e.part = p.part
    left join stream s on s.stream_id = p.stream_id
  )
  select distinct on (unit) unit, stream_id, expected, (version + coalesce(before, 0))::int
  from checked
  where expected >= 0 and (expected <> version + coalesce(before, 0) or unit <> first_unit)
  order by unit, part;
end $$;
