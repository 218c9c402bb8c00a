-- A reference between tables of tenants that does not carry the tenant: policies do not bind it.
select c.conrelid::regclass || '.' || c.conname
from pg_constraint c
join pg_attribute here on here.attrelid = c.conrelid and here.attname = 'tenant_id'
join pg_attribute there on there.attrelid = c.confrelid and there.attname = 'tenant_id'
where c.contype = 'f' and not exists (
    select from unnest(c.conkey, c.confkey) as pair (own, theirs)
    where pair.own = here.attnum and pair.theirs = there.attnum)
