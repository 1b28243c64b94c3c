-- The service swaps whole generations through functions; it makes and drops nothing by itself.
revoke all on all functions in schema audit from public;

grant usage on schema view, audit to waystation_app;
grant select, insert, update, delete on all tables in schema view to waystation_app;
grant select, update on audit.generation to waystation_app;
grant execute on all functions in schema audit to waystation_app;
