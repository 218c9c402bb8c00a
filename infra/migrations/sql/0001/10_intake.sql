do $$
declare name regclass;
begin
    foreach name in array array['case_event', 'command', 'deadline', 'statement', 'filing', 'notice', 'outbox',
        'wake', 'link']::regclass[]
    loop
        execute format(
            'create trigger only_newborn before insert on %s for each row '
            'when (session_user = ''redress_public'') execute function public.only_newborn()', name);
    end loop;
end $$;
