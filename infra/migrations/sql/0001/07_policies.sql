do $$
declare name regclass;
begin
    foreach name in array array['tenant', 'person', 'recovery_code', 'invitation', 'case_counter',
        'playbook_version', 'case_file', 'case_event', 'command', 'deadline', 'statement', 'filing', 'offer',
        'promise', 'notice', 'audit_entry', 'chain_root']::regclass[]
    loop
        call walls.tenant_table(name);
    end loop;

    foreach name in array array['session', 'api_token', 'link', 'outbox', 'wake']::regclass[] loop
        call walls.shared_table(name);
    end loop;

    foreach name in array array['case_event', 'command', 'deadline', 'statement', 'filing', 'offer', 'promise',
        'notice', 'link', 'outbox', 'wake']::regclass[]
    loop
        call walls.case_table(name);
    end loop;
    call walls.case_table('case_file', 'id');

    foreach name in array array['recovery_code', 'invitation', 'session', 'api_token']::regclass[] loop
        call walls.staff_table(name);
    end loop;

    foreach name in array array['case_event', 'command', 'playbook_version', 'audit_entry', 'chain_root',
        'calendar_year']::regclass[]
    loop
        call walls.append_only(name);
    end loop;

    foreach name in array array['epoch', 'throttle']::regclass[] loop
        call walls.policies(name, 'on_platform()');
    end loop;
end $$;

-- Who came by a link learns of one person: the one who handles the case.
create policy own_handler on person as restrictive for all
    using (not by_link()
        or id = (select f.assignee from case_file f where f.tenant_id = cur_tenant() and f.id = cur_case()))
    with check (not by_link());

-- Calendars are the same for everybody: every known tenant reads them, the platform loads them.
call walls.policies('calendar_year', 'on_platform()');
create policy known_select on calendar_year for select using (cur_tenant() is not null);

-- The functions of 09 find a tenant by its slug before anybody knows which one it is.
create policy lookup on tenant for select to redress_definer using (true);
