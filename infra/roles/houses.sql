-- The three houses in one database: each owns its schemas by a role that migrates and works by a role that cannot.
-- Run by an administrator in Tasain's own database; may be run again. Passwords are given apart from this file:
--   alter role intake_owner password '...';  and so on for the six roles.

revoke create on schema public from public;
revoke all on schema public from public;
grant usage on schema public to public;

create extension if not exists pg_trgm with schema public;

do $$
declare
  house text;
  room text;
  owner_role text;
  app_role text;
begin
  execute format('revoke all on database %I from public', current_database());
  foreach house in array array['intake', 'balancer', 'desk'] loop
    owner_role := house || '_owner';
    app_role := house || '_app';
    if not exists (select from pg_roles where rolname = owner_role) then
      execute format('create role %I login', owner_role);
    end if;
    if not exists (select from pg_roles where rolname = app_role) then
      execute format('create role %I login', app_role);
    end if;
    execute format('grant connect on database %I to %I, %I', current_database(), owner_role, app_role);
    execute format('alter role %I set search_path = %I, public', owner_role, house);
    execute format('alter role %I set search_path = %I, public', app_role, house);

    foreach room in array case house when 'desk' then array[house] else array[house, house || '_jobs'] end loop
      execute format('create schema if not exists %I authorization %I', room, owner_role);
      execute format('revoke all on schema %I from public', room);
      execute format('grant usage on schema %I to %I', room, app_role);
      execute format('alter default privileges for role %I in schema %I grant select, insert, update, delete on tables to %I', owner_role, room, app_role);
      execute format('alter default privileges for role %I in schema %I grant usage, select on sequences to %I', owner_role, room, app_role);
      execute format('alter default privileges for role %I in schema %I grant execute on functions to %I', owner_role, room, app_role);
    end loop;
  end loop;
end
$$;
