-- A table on which policies do not hold for everybody. Piccolo's list of migrations holds nothing of anybody.
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
    and not (relrowsecurity and relforcerowsecurity)
