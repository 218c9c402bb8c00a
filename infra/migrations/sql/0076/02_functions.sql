grant execute on function cur_tenant() to redress_definer;
set local role redress_definer;

-- Drafts live in real time, whatever the clock of the tenant says; one that is over is not there any more.
create function begin_draft(named bytea, sealed bytea, lives interval) returns timestamptz
    language sql volatile security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        insert into public.draft (tenant_id, hash, words, expires_at)
        values (public.cur_tenant(), named, sealed, clock_timestamp() + lives)
        returning expires_at;
    end;

-- Locked until the transaction ends, so that two parts sent at once are both kept.
create function find_draft(named bytea, out words bytea, out expires_at timestamptz) returns setof record
    language sql volatile rows 1 security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        select d.words, d.expires_at from public.draft d
        where d.tenant_id = public.cur_tenant() and d.hash = named and d.expires_at > clock_timestamp()
        for update;
    end;

-- What is gone stays gone: a page that was open meanwhile does not bring it back.
create function keep_draft(named bytea, sealed bytea, lives interval) returns timestamptz
    language sql volatile security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        update public.draft d set words = sealed, expires_at = clock_timestamp() + lives
        where d.tenant_id = public.cur_tenant() and d.hash = named and d.expires_at > clock_timestamp()
        returning d.expires_at;
    end;

-- The one named, and with every call those whose time is over.
create function erase_drafts(named bytea) returns bigint
    language sql volatile security definer set search_path = pg_catalog, public, pg_temp
    begin atomic
        with gone as (
            delete from public.draft d
            where d.tenant_id = public.cur_tenant() and (d.hash = named or d.expires_at <= clock_timestamp())
            returning 1)
        select count(*) from gone;
    end;

revoke execute on function begin_draft(bytea, bytea, interval), find_draft(bytea), keep_draft(bytea, bytea, interval),
    erase_drafts(bytea) from public;
grant execute on function begin_draft(bytea, bytea, interval), find_draft(bytea), keep_draft(bytea, bytea, interval)
    to redress_public;
grant execute on function erase_drafts(bytea) to redress_public, redress_worker;

set local role redress_owner;
