-- Writes units of one event each that set no timer: what senders make that wait for each answer. For the few of a call
-- streams one by one are faster than sets are. Only under the append lock; parameters and result are those of log.append.
create function log.append_each(
  p_position bigint, -- of the first event
  p_recorded_at timestamptz,
  p_stream text[], p_expected int[], p_time timestamptz[], p_meta json[], p_type text[], p_data json[], p_hash bytea[],
  out r_sequences int[],
  out r_refused json
) language plpgsql
set search_path = log, pg_temp as $$
declare
  v_next bigint := p_position;
  v_no bigint;
  v_version int;
  v_nos bigint[];
  v_positions bigint[];
begin
  for unit in 1 .. cardinality(p_stream) loop
    v_no := null;
    if p_expected[unit] <> 0 then
      update stream set version = version + 1, last_position = v_next
      where stream_id = p_stream[unit] and p_expected[unit] in (version, -1)
      returning stream_no, version into v_no, v_version;
    end if;
    if v_no is null and p_expected[unit] <= 0 then
      insert into stream (stream_id, version, first_position, last_position)
      values (p_stream[unit], 1, v_next, v_next)
      on conflict (stream_id) do nothing returning stream_no, version into v_no, v_version;
    end if;
    r_sequences[unit] := case when v_no is not null then v_version end;
    v_nos[unit] := v_no;
    v_positions[unit] := case when v_no is not null then v_next end;
    if v_no is not null then v_next := v_next + 1; end if;
  end loop;

  if cardinality(p_stream) > 1 then
    insert into event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
    select position, stream_no, version, type, p_recorded_at, occurred_at, data, meta, hash
    from unnest(v_positions, v_nos, r_sequences, p_type, p_time, p_data, p_meta, p_hash)
      e (position, stream_no, version, type, occurred_at, data, meta, hash)
    where position is not null;
  elsif v_no is not null then
    insert into event (position, stream_no, version, type, recorded_at, occurred_at, data, meta, hash)
    values (p_position, v_no, v_version, p_type[1], p_recorded_at, p_time[1], p_data[1], p_meta[1], p_hash[1]);
  end if;

  if array_position(r_sequences, null) is not null then
    select json_agg(json_build_array(unit, p_stream[unit], p_expected[unit], coalesce(s.version, 0)) order by unit)
    into r_refused
    from generate_subscripts(p_stream, 1) unit left join stream s on s.stream_id = p_stream[unit]
    where r_sequences[unit] is null;
  end if;
end $$;
