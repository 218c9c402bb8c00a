-- What a new case is made of, beside its own row.
with events as (
    insert into case_event (tenant_id, case_id, seq, kind, at, actor, role, command_id, body, prev_hash, hash)
    select $1, $2, n.seq, n.kind, n.at, n.actor, n.role, n.command_id, n.body, n.prev_hash, n.hash
    from jsonb_populate_recordset(null::case_event, $3) n
), commands as (
    insert into command (tenant_id, case_id, id, content_hash, receipt, at)
    select $1, $2, n.id, n.content_hash, n.receipt, n.at from jsonb_populate_record(null::command, $4) n
), statements as (
    insert into statement (tenant_id, case_id, id, kind, salt, text)
    select $1, $2, n.id, n.kind, n.salt, n.text from jsonb_populate_recordset(null::statement, $5) n
), deadlines as (
    insert into deadline (tenant_id, case_id, key, bell_id, kind, door, due, wake_at, provisional, because, moves_to)
    select $1, $2, n.key, n.bell_id, n.kind, n.door, n.due, n.wake_at, n.provisional, n.because, n.moves_to
    from jsonb_populate_recordset(null::deadline, $6) n
), filings as (
    insert into filing (tenant_id, case_id, id, door, state, hand, capacity, channel, before_us, opened_at, sent_on,
        sent_at, received_on, their_date, verdict, body)
    select $1, $2, n.id, n.door, n.state, n.hand, n.capacity, n.channel, n.before_us, n.opened_at, n.sent_on,
        n.sent_at, n.received_on, n.their_date, n.verdict, n.body
    from jsonb_populate_recordset(null::filing, $7) n
), news as (
    insert into outbox (tenant_id, case_id, kind, ref, seq)
    select $1, $2, n.kind, n.ref, n.seq from jsonb_populate_recordset(null::outbox, $8) n
), searched as (
    insert into case_search (tenant_id, case_id, closed, words, known, tsv)
    select $1, $2, n.closed, n.words, n.known, n.tsv from jsonb_populate_record(null::case_search, $10) n
)
insert into wake (tenant_id, case_id, wake_at, seq, closed)
select $1, $2, n.wake_at, n.seq, n.closed from jsonb_populate_record(null::wake, $9) n
