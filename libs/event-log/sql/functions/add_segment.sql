-- Adds the next segment. ATTACH, because CREATE TABLE … PARTITION OF would lock out every reader of the log.
create function log.add_segment(p_size bigint) returns void language plpgsql
set search_path = log, pg_temp as $$
declare
  v_lo bigint := coalesce((select max(hi) from segment), 0) + 1;
  v_leaf text := 'event_' || to_char(v_lo, 'FM000000000000000');
begin
  execute format('create table log.%I (like log.event including defaults including constraints)', v_leaf);
  execute format('alter table log.%I add primary key (position)', v_leaf);
  execute format('create unique index on log.%I (stream_no, version)', v_leaf);
  execute format('create trigger event_is_not_truncated before truncate on log.%I '
    'for each statement execute function log.refuse_change()', v_leaf);
  execute format('alter table log.event attach partition log.%I for values from (%s) to (%s)',
    v_leaf, v_lo, v_lo + p_size);
  insert into segment (lo, hi, leaf) values (v_lo, v_lo + p_size - 1, v_leaf);
end $$;
