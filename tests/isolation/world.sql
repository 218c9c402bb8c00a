-- One tenant's row in every table, two cases; {tenant} and {letter} are filled in by world.py.
insert into tenant (tenant_id, slug, name, demo) values ('{tenant}', 'canary-{letter}', 'CANARY-{letter}', true);
insert into person (tenant_id, id, email, name, role) values
    ('{tenant}', '{person}', 'canary-{letter}@example.org', 'CANARY-{letter}', 'caseworker'),
    ('{tenant}', '{other_person}', 'other-{letter}@example.org', 'CANARY-{letter}', 'manager');
insert into recovery_code (tenant_id, id, person_id, code_hash)
    values ('{tenant}', '{person}', '{person}', '\x010{letter}');
insert into invitation (tenant_id, id, email, role, token_hash, expires_at)
    values ('{tenant}', '{person}', 'canary-{letter}@example.org', 'manager', '\x020{letter}', '2030-01-01');
insert into session (hash, tenant_id, person_id, csrf, expires_at)
    values ('\x030{letter}', '{tenant}', '{person}', '\x04', '2030-01-01');
insert into api_token (hash, tenant_id, person_id, role, name)
    values ('\x050{letter}', '{tenant}', '{person}', 'manager', 'CANARY-{letter}');
insert into case_counter (tenant_id, year, last) values ('{tenant}', 2026, 2);
insert into playbook_version (tenant_id, playbook, version, body, digest, published_by)
    values ('{tenant}', 'demo', 1, 'CANARY-{letter}', '\x06', 'test');
insert into audit_entry (tenant_id, seq, at, actor, kind, body, prev_hash, hash)
    values ('{tenant}', 1, now(), 'test', 'test', '{{}}', '\x00', '\x01');
insert into chain_root (tenant_id, hour, root, signature) values ('{tenant}', '2026-01-01', '\x00', '\x01');
insert into throttle (bucket, failures) values ('CANARY-{letter}', 1);
insert into epoch (id) values ('{tenant}');
insert into calendar_year (year, version, source, published_on, body)
    values (2026, 1{letter}, 'test', '2025-11-01', '{{}}');
insert into case_file (tenant_id, id, number, version, stage, ball, problem, platform, purpose, playbook_id,
    playbook_version, title, state, head_hash, filed_at, updated_at)
    values ('{tenant}', '{tenant}', '2026-3', 1, 'submitted', 'association', 'quality', '1688', 'own_use', 'demo', 1,
        'CANARY-{letter}', '{{}}', '\x00', now(), now());
insert into draft (tenant_id, hash, words, expires_at)
    values ('{tenant}', sha256('\x0{letter}'), '\x00', '2030-01-01');
