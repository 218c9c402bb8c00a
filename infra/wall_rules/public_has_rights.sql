-- What everybody may: nothing of ours.
select a.privilege_type || ' on the database'
from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
where d.datname = current_database() and a.grantee = 0
union all
select a.privilege_type || ' on schema ' || n.nspname
from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
where n.nspname in ('public', 'walls') and a.grantee = 0
union all
select a.privilege_type || ' on ' || p.oid::regprocedure
from pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
where p.pronamespace in ('public'::regnamespace, 'walls'::regnamespace) and a.grantee = 0
union all
select a.privilege_type || ' on ' || c.relname
from pg_class c, aclexplode(c.relacl) a
where c.relnamespace = 'public'::regnamespace and a.grantee = 0
