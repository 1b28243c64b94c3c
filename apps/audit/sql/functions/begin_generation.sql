-- Makes empty tables for the next generation beside those in force, in the schema view_<number>. Only for who has the office.
create function audit.begin_generation(p_goal bigint) returns int language plpgsql security definer
set search_path = audit, pg_temp as $$
declare
  v_number int;
  v_schema text;
  v_table text;
begin
  perform abandon_generation('the process that built it vanished');
  insert into generation (state, goal) values ('building', p_goal) returning number into v_number;
  v_schema := 'view_' || v_number;
  execute format('create schema %I', v_schema);
  for v_table in
    select relname from pg_class where relnamespace = 'view'::regnamespace and relkind = 'r'
  loop
    execute format('create table %I.%I (like view.%I including all)', v_schema, v_table, v_table);
  end loop;
  execute format('grant usage on schema %I to waystation_app', v_schema);
  execute format('grant select, insert, update, delete on all tables in schema %I to waystation_app', v_schema);
  return v_number;
end $$;
