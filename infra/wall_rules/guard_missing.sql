-- A trigger that is absent or switched off.
with wanted (tablename, guard) as (
    select c.relname, 'keep_tenant'
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    union all
    select name, guard
    from unnest(array['case_event', 'command', 'playbook_version', 'audit_entry', 'chain_root', 'calendar_year',
        'evidence_upload']) name,
        unnest(array['append_only', 'never_emptied']) guard
    union all
    select unnest(array['case_event', 'command', 'deadline', 'statement', 'filing', 'notice', 'outbox', 'wake', 'link',
        'case_search']),
        'only_newborn'
    union all
    values ('statement', 'only_erased'), ('tenant', 'clock_moves_on'), ('evidence', 'kept_as_it_came'),
        ('evidence', 'kept_for_good')
)
select w.guard || ' on ' || w.tablename
from wanted w
where not exists (
    select from pg_trigger t
    where t.tgrelid = format('public.%I', w.tablename)::regclass and t.tgname = w.guard and t.tgenabled = 'O')
