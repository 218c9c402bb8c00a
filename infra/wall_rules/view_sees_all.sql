-- A view that reads with its owner's eyes, or keeps a copy of what it saw.
select relname from pg_class
where relnamespace = 'public'::regnamespace
    and (relkind = 'm' or relkind = 'v' and not coalesce(reloptions, '{}') @> '{security_invoker=true}')
