-- Sees to two empty segments behind p_through (and behind the last event), so that no append ever lacks one.
-- New segments are as big as the newest one, unless p_size says otherwise.
create function log.keep_segments_ahead(p_through bigint default 0, p_size bigint default null) returns void
language plpgsql security definer
set search_path = log, pg_temp as $$
declare
  v_through bigint := greatest(p_through, coalesce((select max(position) from event), 0));
begin
  if (select count(*) from segment where lo > v_through) >= 2 then return; end if;
  perform pg_advisory_xact_lock(7305);
  while (select count(*) from segment where lo > v_through) < 2 loop
    perform add_segment(coalesce(p_size, (select hi - lo + 1 from segment order by lo desc limit 1), 10000000));
  end loop;
end $$;
