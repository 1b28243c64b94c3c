-- The last position that is in no partition any more; 0 where all are.
create function log.archived_through() returns bigint language sql stable
set search_path = log, pg_temp as $$
  select coalesce(max(hi), 0) from segment where state in ('detached', 'dropped')
$$;
