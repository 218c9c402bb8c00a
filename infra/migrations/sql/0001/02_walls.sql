-- How a table is walled off, in one place. Later migrations call these for their own tables.
create schema walls;

create function walls.refuse_move() returns trigger language plpgsql as $$
begin
    raise exception 'a row of % never changes its tenant', tg_table_name using errcode = 'restrict_violation';
end $$;

create function walls.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

-- One policy for each verb: `own` says whose rows it reaches.
create procedure walls.policies(name regclass, own text) language plpgsql as $$
begin
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy own_select on %s for select using (%s)', name, own);
    execute format('create policy own_insert on %s for insert with check (%s)', name, own);
    execute format('create policy own_update on %s for update using (%s) with check (%s)', name, own, own);
    execute format('create policy own_delete on %s for delete using (%s)', name, own);
end $$;

create procedure walls.keep_tenant(name regclass) language plpgsql as $$
begin
    execute format(
        'create trigger keep_tenant before update on %s for each row '
        'when (old.tenant_id is distinct from new.tenant_id) execute function walls.refuse_move()', name);
end $$;

-- The rows of one tenant, and of nobody outside a tenant's transaction.
create procedure walls.tenant_table(name regclass) language plpgsql as $$
begin
    call walls.policies(name, 'tenant_id = cur_tenant()');
    call walls.keep_tenant(name);
end $$;

-- Ids, hashes and times that the platform reads for all tenants; inside a tenant's transaction its own only.
create procedure walls.shared_table(name regclass) language plpgsql as $$
begin
    call walls.policies(name, 'on_platform() or tenant_id = cur_tenant()');
    call walls.keep_tenant(name);
end $$;

-- Who came by a link reaches the rows of one case.
create procedure walls.case_table(name regclass, bound text default 'case_id') language plpgsql as $$
begin
    execute format(
        'create policy one_case on %s as restrictive for all using (within_case(%I)) with check (within_case(%I))',
        name, bound, bound);
end $$;

-- Who came by a link has no business here.
create procedure walls.staff_table(name regclass) language plpgsql as $$
begin
    execute format(
        'create policy staff_only on %s as restrictive for all using (not by_link()) with check (not by_link())',
        name);
end $$;

create procedure walls.append_only(name regclass) language plpgsql as $$
begin
    execute format(
        'create trigger append_only before update or delete on %s for each row '
        'execute function walls.refuse_change()', name);
    execute format(
        'create trigger never_emptied before truncate on %s for each statement '
        'execute function walls.refuse_change()', name);
end $$;
