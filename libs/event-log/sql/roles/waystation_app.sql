-- Roles belong to the whole cluster: another database may create or grant this one at the same moment.
do $$
begin
  if not exists (select from pg_roles where rolname = 'waystation_app') then
    create role waystation_app nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end $$;

do $$
begin
  if not pg_has_role(current_user, 'waystation_app', 'member') then
    execute format('grant waystation_app to %I', current_user);
  end if;
exception
  when unique_violation or internal_error then null;
end $$;
