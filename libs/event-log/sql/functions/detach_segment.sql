-- Takes an archived segment out of log.event, as the event log.segment-detached at position p_event says. The oldest one
-- first: what is gone is always a beginning of the log. The lock timeout is how long appends and reads may have to wait for
-- readers that are slow; whoever calls tries again.
create function log.detach_segment(p_event bigint) returns void language plpgsql security definer
set search_path = log, pg_temp
set lock_timeout = '250ms' as $$
declare
  v_segment segment := segment_named_by(p_event, 'log.segment-detached.v1');
  v_wrong text;
begin
  if v_segment.state in ('detached', 'dropped') then return; end if;
  if v_segment.state <> 'archived' then
    v_wrong := 'it has no copy in the object store: it is ' || v_segment.state;
  elsif v_segment.lo <> archived_through() + 1 then
    v_wrong := 'an older one is still there';
  elsif not exists (
    select from event where position > v_segment.hi and type = 'log.sealed.v1'
      and stream_no = (select stream_no from stream where stream_id = 'log')
  ) then
    v_wrong := 'the last seal would go with it';
  end if;
  if v_wrong is not null then
    raise exception 'segment % stays in the log: %', v_segment.leaf, v_wrong
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  execute format('alter table log.event detach partition log.%I', v_segment.leaf);
  -- Its row triggers were clones of those of log.event, and went with the partition.
  execute format('create trigger event_is_append_only before update or delete on log.%I '
    'for each row execute function log.refuse_change()', v_segment.leaf);
  update segment set state = 'detached' where lo = v_segment.lo;
end $$;
