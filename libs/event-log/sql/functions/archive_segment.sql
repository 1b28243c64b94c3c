-- Notes where the copy of a segment is, as the event log.segment-archived at position p_event says.
create function log.archive_segment(p_event bigint) returns void language plpgsql security definer
set search_path = log, pg_temp as $$
declare
  v_segment segment := segment_named_by(p_event, 'log.segment-archived.v1');
begin
  if v_segment.state not in ('full', 'archived') then
    raise exception 'segment % is %, expected full', v_segment.leaf, v_segment.state
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  update segment set state = 'archived', object_key = e.data ->> 'key', object_sha256 = e.data ->> 'sha256',
    directory_at = (e.data ->> 'directoryAt')::bigint,
    recorded_from = (e.data ->> 'recordedFrom')::timestamptz, recorded_to = (e.data ->> 'recordedTo')::timestamptz
  from event e where e.position = p_event and segment.lo = v_segment.lo;
end $$;
