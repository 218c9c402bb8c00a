-- Something that belongs to a log-in: owners may take walls down.
select r.rolname || ' owns ' || pg_describe_object(owned.class, owned.oid, 0)
from (
    select 'pg_class'::regclass as class, oid, relowner as owner from pg_class
    union all select 'pg_proc'::regclass, oid, proowner from pg_proc
    union all select 'pg_namespace'::regclass, oid, nspowner from pg_namespace
    union all select 'pg_database'::regclass, oid, datdba from pg_database
    union all select 'pg_type'::regclass, oid, typowner from pg_type
) owned
join pg_roles r on r.oid = owned.owner
where r.rolcanlogin and r.rolname ~ '^redress_'
