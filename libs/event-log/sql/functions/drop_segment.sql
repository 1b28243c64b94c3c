-- Drops the table of a detached segment, as the event log.segment-dropped at position p_event says.
create function log.drop_segment(p_event bigint) returns void language plpgsql security definer
set search_path = log, pg_temp
set lock_timeout = '250ms' as $$
declare
  v_segment segment := segment_named_by(p_event, 'log.segment-dropped.v1');
begin
  if v_segment.state = 'dropped' then return; end if;
  if v_segment.state <> 'detached' then
    raise exception 'segment % is %, expected detached', v_segment.leaf, v_segment.state
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  execute format('drop table log.%I', v_segment.leaf);
  update segment set state = 'dropped' where lo = v_segment.lo;
end $$;
