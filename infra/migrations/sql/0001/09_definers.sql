set local role redress_definer;

-- Run as redress_definer, who cannot log in. Each of these is on the allow-list of tests/isolation.

create function tenant_by_slug(wanted text) returns uuid
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    return (select t.tenant_id from public.tenant t where t.slug = wanted);

create function tenant_list() returns table (tenant_id uuid, slug text, demo boolean)
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        select t.tenant_id, t.slug, t.demo from public.tenant t where public.on_platform() order by t.slug;
    end;

create function next_case_number(of_year integer) returns integer
    language sql volatile security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        insert into public.case_counter as c (tenant_id, year, last) values (public.cur_tenant(), of_year, 1)
        on conflict (tenant_id, year) do update set last = c.last + 1
        returning c.last;
    end;

-- The first answer to a filing that was posted twice; other commands are not the public's business.
create function intake_receipt(command_id uuid, out content_hash bytea, out receipt jsonb) returns setof record
    language sql stable security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        select c.content_hash, c.receipt from public.command c
        where c.tenant_id = public.cur_tenant() and c.id = intake_receipt.command_id
            and exists (
                select from public.case_event e
                where e.tenant_id = c.tenant_id and e.command_id = c.id and e.seq = 1);
    end;

-- The public log-in adds to the case it has just opened, never to one that was there before.
create function only_newborn() returns trigger
    language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    if exists (
        select from public.case_file f
        where f.tenant_id = new.tenant_id and f.id = new.case_id and f.xmin = pg_current_xact_id()::xid
    ) then
        return new;
    end if;
    raise exception 'the public seat only files new cases' using errcode = 'insufficient_privilege';
end $$;

revoke execute on function tenant_by_slug(text), tenant_list(), next_case_number(integer),
    intake_receipt(uuid), only_newborn() from public;
grant execute on function tenant_by_slug(text), next_case_number(integer), intake_receipt(uuid)
    to redress_app, redress_public, redress_worker;
grant execute on function tenant_list() to redress_app, redress_worker;
grant execute on function only_newborn() to redress_owner;

set local role redress_owner;
