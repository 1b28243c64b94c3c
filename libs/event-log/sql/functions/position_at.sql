-- The last position that was recorded at or before a moment; 0 where there is none. Positions are dense and recorded
-- times never decrease, so halving finds it without an index on time. Looks only at what is in a partition: where it is not
-- above archived_through(), the answer is in the copies.
create function log.position_at(p_at timestamptz) returns bigint language plpgsql stable
set search_path = log, pg_temp as $$
declare
  v_low bigint := archived_through();
  v_high bigint := coalesce((select max(position) from event), 0);
  v_middle bigint;
begin
  while v_low < v_high loop
    v_middle := (v_low + v_high + 1) / 2;
    if (select recorded_at from event where position = v_middle) <= p_at then
      v_low := v_middle;
    else
      v_high := v_middle - 1;
    end if;
  end loop;
  return v_low;
end $$;
