-- Writes a single event: what one sender makes that waits for each answer. Only under the append lock.
-- Returns the event's sequence, or null where the stream does not have the expected version.
create function log.append_one(
  p_position bigint, p_recorded_at timestamptz,
  p_stream text, p_expected int, p_time timestamptz, p_meta json, p_type text, p_data json, p_hash bytea
) returns int language plpgsql
set search_path = log, pg_temp as $$
declare
  v_stream_no bigint;
  v_version int;
begin
  if p_expected <> 0 then
    update stream set version = version + 1, last_position = p_position
    where stream_id = p_stream and p_expected in (version, -1) returning stream_no, version into v_stream_no, v_version;
  end if;
  if v_version is null and p_expected <= 0 then
    insert into stream (stream_id, version, first_position, last_position)
    values (p_stream, 1, p_position, p_position)
    on conflict (stream_id) do nothing returning stream_no, version into v_stream_no, v_version;
  end if;
  if v_version is not null then
    insert into event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
    values (p_position, v_stream_no, v_version, p_type, p_recorded_at, p_time, p_data, p_meta, p_hash);
  end if;
  return v_version;
end $$;
