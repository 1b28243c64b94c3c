-- Drops the tables of generations that are neither in force nor being built.
create function audit.drop_generations() returns void language plpgsql security definer
set search_path = audit, pg_temp
set lock_timeout = '500ms' as $$
declare
  v_schema text;
begin
  for v_schema in
    select nspname from pg_namespace
    where nspname ~ '^view_[0-9]+$'
      and not exists (select from generation where state = 'building' and nspname = 'view_' || number)
  loop
    begin
      execute format('drop schema %I cascade', v_schema);
    exception
      when lock_not_available or deadlock_detected then null; -- somebody is still at work there; the next call drops it
    end;
  end loop;
end $$;
