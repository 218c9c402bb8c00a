-- A table on which policies do not hold for everybody. Piccolo's list of migrations holds nothing of anybody;
-- what is searched is walled off from all but the one function of its owner.
select relname from pg_class
where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> 'migration'
    and not (relrowsecurity and (
        relforcerowsecurity or relname = 'case_search' and relowner::regrole::text = 'redress_searcher'))
