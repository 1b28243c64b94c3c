-- Writes units of one event each that set no timer: what senders make that wait for each answer. For the few of a call
-- streams one by one are faster than sets. Only under the append lock; parameters and rows are those of log.append.
create function log.append_each(
  p_position bigint, -- of the first event
  p_recorded_at timestamptz,
  p_stream text[], p_expected int[], p_time timestamptz[], p_meta json[], p_type text[], p_data json[], p_hash bytea[]
) returns table (
  r_unit int, r_position bigint, r_sequence int, r_recorded_at timestamptz, r_stream text, r_expected int, r_actual int
) language plpgsql
set search_path = log, pg_temp as $$
declare
  v_no bigint;
  v_version int;
  v_nos bigint[];
  v_versions int[];
  v_positions bigint[];
begin
  r_position := p_position;
  for unit in 1 .. cardinality(p_stream) loop
    v_no := null;
    if p_expected[unit] <> 0 then
      update stream set version = version + 1, last_position = r_position
      where stream_id = p_stream[unit] and p_expected[unit] in (version, -1)
      returning stream_no, version into v_no, v_version;
    end if;
    if v_no is null and p_expected[unit] <= 0 then
      insert into stream (stream_id, version, first_position, last_position)
      values (p_stream[unit], 1, r_position, r_position)
      on conflict (stream_id) do nothing returning stream_no, version into v_no, v_version;
    end if;
    if v_no is not null then
      v_nos[unit] := v_no;
      v_versions[unit] := v_version;
      v_positions[unit] := r_position;
      r_position := r_position + 1;
    end if;
  end loop;

  insert into event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
  select position, stream_no, version, type, p_recorded_at, occurred_at, data, meta, hash
  from unnest(v_positions, v_nos, v_versions, p_type, p_time, p_data, p_meta, p_hash)
    e (position, stream_no, version, type, occurred_at, data, meta, hash)
  where position is not null;

  for unit in 1 .. cardinality(p_stream) loop
    r_unit := unit;
    r_position := v_positions[unit];
    r_sequence := v_versions[unit];
    r_recorded_at := p_recorded_at;
    r_stream := null;
    if r_position is null then
      select p_stream[unit], p_expected[unit], coalesce(max(version), 0) from stream where stream_id = p_stream[unit]
      into r_stream, r_expected, r_actual;
    end if;
    return next;
  end loop;
end $$;
