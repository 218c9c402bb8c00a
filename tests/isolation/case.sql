-- One case of the tenant with a row in every table that belongs to cases.
insert into case_file (tenant_id, id, number, version, stage, ball, problem, platform, purpose, playbook_id,
    playbook_version, assignee, title, state, head_hash, filed_at, updated_at)
    values ('{tenant}', '{case}', '2026-{number}', 1, 'submitted', 'association', 'quality', '1688', 'own_use',
        'demo', 1, '{person}', 'CANARY-{letter}', '{{}}', '\x00', now(), now());
insert into case_event (tenant_id, case_id, seq, kind, at, actor, role, command_id, body, prev_hash, hash)
    values ('{tenant}', '{case}', 1, 'filed', now(), 'test', 'consumer', '{case}', '{{}}', '\x00', '\x01');
insert into command (tenant_id, id, case_id, content_hash, receipt, at)
    values ('{tenant}', '{case}', '{case}', '\x00', '{{"number": "2026-{number}"}}', now());
insert into deadline (tenant_id, case_id, key, bell_id, kind, due, wake_at, because)
    values ('{tenant}', '{case}', 'case/first/1', '{case}', 'deadline', now(), now(), 'test');
insert into statement (tenant_id, id, case_id, kind, salt, text)
    values ('{tenant}', '{case}', '{case}', 'facts', '\x00', 'CANARY-{letter}');
insert into case_search (tenant_id, case_id, closed, words, known, tsv)
    values ('{tenant}', '{case}', false, ' canary {letter} ', '', '''canary'':1 ''{letter}''');
insert into evidence_key (tenant_id, case_id, wrapped)
    values ('{tenant}', '{case}', decode(repeat('0{letter}', 60), 'hex'));
insert into evidence_upload (tenant_id, id, case_id) values ('{tenant}', '{case}', '{case}');
insert into evidence (tenant_id, id, case_id, upload_id, place)
    values ('{tenant}', '{case}', '{case}', '{case}', '{case}');
insert into evidence (tenant_id, id, case_id, upload_id, place)
    values ('{tenant}', gen_random_uuid(), '{case}', '{case}', gen_random_uuid());
insert into evidence_copy (tenant_id, evidence_id, case_id) values ('{tenant}', '{case}', '{case}');
insert into filing (tenant_id, case_id, id, door, state, hand, capacity, opened_at)
    values ('{tenant}', '{case}', 'merchant-1', 'merchant', 'owed', 'handler', 'consumer', now());
insert into offer (tenant_id, case_id, id, door, party, made_at)
    values ('{tenant}', '{case}', 'offer-1', 'merchant', 'merchant', now());
insert into promise (tenant_id, case_id, id, door, promisor, due_on, made_at)
    values ('{tenant}', '{case}', 'promise-1', 'merchant', 'merchant', '2026-12-01', now());
insert into notice (tenant_id, id, case_id, seq, recipient, channel, letter, queued_at)
    values ('{tenant}', '{case}', '{case}', 1, 'consumer', 'mail', 'receipt', now());
insert into link (hash, tenant_id, case_id, scope) values ('\x0{number}0{letter}', '{tenant}', '{case}', 'status');
insert into outbox (tenant_id, case_id, kind, seq) values ('{tenant}', '{case}', 'case', 1);
insert into wake (tenant_id, case_id, wake_at, seq) values ('{tenant}', '{case}', now(), 1);
insert into presence (tenant_id, case_id, person_id, doing, since, at)
    values ('{tenant}', '{case}', '{person}', 'reading', now(), now());
