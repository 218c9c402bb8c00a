-- Told to every process of pages at the commit: ids alone. Each decides whom to tell on (services/cases/news.py).

-- `holders` are those whose case it was or is; `free` was or is nobody's, for any volunteer to take.
create function tell_case() returns trigger language plpgsql as $$
begin
    perform pg_notify('redress_news', json_build_object(
        'kind', 'queue', 'tenant', new.tenant_id, 'number', new.number,
        'holders', array_remove(array[new.assignee, case when tg_op = 'UPDATE' then old.assignee end], null),
        'free', (new.assignee is null and new.closed_at is null)
            or (tg_op = 'UPDATE' and old.assignee is null and old.closed_at is null))::text);
    return null;
end $$;
create trigger tell_case after insert or update on case_file for each row execute function tell_case();

-- A beat alone is no news: somebody came, or does something else now.
create function tell_presence() returns trigger language plpgsql as $$
begin
    perform pg_notify('redress_news', json_build_object(
        'kind', 'presence', 'tenant', f.tenant_id, 'number', f.number, 'by', new.person_id,
        'holders', array_remove(array[f.assignee], null), 'free', false)::text)
    from case_file f where f.tenant_id = new.tenant_id and f.id = new.case_id;
    return null;
end $$;
create trigger tell_arrival after insert on presence for each row execute function tell_presence();
create trigger tell_presence after update on presence for each row
    when (new.doing <> old.doing) execute function tell_presence();

-- A stream of news ends with its session; the beginning of the hash names it and opens nothing.
create function tell_session() returns trigger language plpgsql as $$
begin
    perform pg_notify('redress_news', json_build_object(
        'kind', 'session', 'tenant', new.tenant_id, 'session', left(encode(new.hash, 'hex'), 16))::text);
    return null;
end $$;
create trigger tell_session after update on session for each row
    when (old.ended_at is null and new.ended_at is not null) execute function tell_session();

revoke execute on function tell_case(), tell_presence(), tell_session() from public;
grant execute on function tell_case(), tell_presence(), tell_session() to redress_app, redress_public, redress_worker;
