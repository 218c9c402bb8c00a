-- A role of ours that is above the policies, or can make one that is.
select rolname from pg_roles
where rolname ~ '^redress_' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
