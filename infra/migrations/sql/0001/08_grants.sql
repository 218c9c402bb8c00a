-- The least that each log-in needs. Nobody may TRUNCATE, and nobody gets what is not written here.
revoke execute on all functions in schema public from public;
revoke execute on all functions in schema walls from public;
revoke execute on all procedures in schema walls from public;
grant execute on all functions in schema public to redress_app, redress_public, redress_worker, redress_definer;

grant select on tenant, playbook_version, calendar_year to redress_app, redress_worker, redress_public;
grant insert on tenant, playbook_version, calendar_year to redress_app, redress_worker;
grant update (name, prefix, hue, zone, clock_offset, settings) on tenant to redress_app, redress_worker;

-- People and their keys: pages and command line only. The worker learns whom to write to.
grant select, insert, update on person, invitation, session, api_token to redress_app;
grant select, insert, update, delete on recovery_code, throttle to redress_app;
grant delete on session to redress_app;
grant select (tenant_id, id, email, name, role, disabled_at) on person to redress_worker;

-- The ledger, in pages and in the worker.
grant select, insert, update on case_file, statement, notice, link, wake to redress_app, redress_worker;
grant select, insert on case_event, command, audit_entry, chain_root to redress_app, redress_worker;
grant select, insert, update, delete on deadline, filing, offer, promise to redress_app, redress_worker;
grant select, insert on outbox to redress_app, redress_worker;

-- Relay and reconciler.
grant update, delete on outbox to redress_worker;
grant select, insert, update, delete on epoch to redress_worker;
grant select on epoch to redress_app;

-- Intake: what a new case is made of, and nothing to read.
grant insert on case_file, case_event, command, deadline, statement, filing, notice, outbox, wake, link
    to redress_public;

-- For the functions of 09.
grant select (tenant_id, slug, demo) on tenant to redress_definer;
grant select, insert, update on case_counter to redress_definer;
grant select (tenant_id, id, xmin) on case_file to redress_definer;
grant select (tenant_id, case_id, seq, command_id) on case_event to redress_definer;
grant select (tenant_id, id, content_hash, receipt) on command to redress_definer;

grant select on migration to redress_app, redress_public, redress_worker;
