-- Puts a generation in force. Readers name the schema, not its tables' numbers: one statement sees the old lines, the next the new.
create function audit.switch_generation(p_number int, p_report json) returns void language plpgsql security definer
set search_path = audit, pg_temp as $$
declare
  v_replaced int := (select number from generation where state = 'current');
begin
  execute format('alter schema view rename to %I', 'view_' || v_replaced);
  execute format('alter schema %I rename to view', 'view_' || p_number);
  update generation set state = 'replaced' where number = v_replaced;
  update generation set state = 'current', ended_at = clock_timestamp(), report = p_report
  where number = p_number and state = 'building';
  if not found then raise exception 'generation % is not being built', p_number; end if;
end $$;
