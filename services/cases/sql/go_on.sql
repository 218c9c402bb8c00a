-- One command more on a case whose row this transaction has locked: one statement for all of it.
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
), gone as (
    delete from deadline d where d.tenant_id = $1 and d.case_id = $2
        and not exists (select from jsonb_populate_recordset(null::deadline, $6) n where n.key = d.key)
), deadlines as (
    insert into deadline as d
        (tenant_id, case_id, key, bell_id, kind, door, due, wake_at, provisional, because, moves_to)
    select $1, $2, n.key, n.bell_id, n.kind, n.door, n.due, n.wake_at, n.provisional, n.because, n.moves_to
    from jsonb_populate_recordset(null::deadline, $6) n
    on conflict (tenant_id, case_id, key) do update set
        (bell_id, kind, door, due, wake_at, provisional, because, moves_to) =
        row (excluded.bell_id, excluded.kind, excluded.door, excluded.due, excluded.wake_at, excluded.provisional,
            excluded.because, excluded.moves_to)
    where d.* is distinct from excluded.*
), filings as (
    insert into filing (tenant_id, case_id, id, door, state, hand, capacity, channel, before_us, opened_at, sent_on,
        sent_at, received_on, their_date, verdict, body)
    select $1, $2, n.id, n.door, n.state, n.hand, n.capacity, n.channel, n.before_us, n.opened_at, n.sent_on,
        n.sent_at, n.received_on, n.their_date, n.verdict, n.body
    from jsonb_populate_recordset(null::filing, $7) n
    on conflict (tenant_id, case_id, id) do update set
        (state, hand, capacity, channel, sent_on, sent_at, received_on, their_date, verdict, body) =
        row (excluded.state, excluded.hand, excluded.capacity, excluded.channel, excluded.sent_on, excluded.sent_at,
            excluded.received_on, excluded.their_date, excluded.verdict, excluded.body)
), offers as (
    insert into offer (tenant_id, case_id, id, door, party, amount, fulfil_by, made_at, accepted, body)
    select $1, $2, n.id, n.door, n.party, n.amount, n.fulfil_by, n.made_at, n.accepted, n.body
    from jsonb_populate_recordset(null::offer, $8) n
    on conflict (tenant_id, case_id, id) do update set (accepted, body) = row (excluded.accepted, excluded.body)
), promises as (
    insert into promise (tenant_id, case_id, id, door, promisor, amount, due_on, made_at, kept, body)
    select $1, $2, n.id, n.door, n.promisor, n.amount, n.due_on, n.made_at, n.kept, n.body
    from jsonb_populate_recordset(null::promise, $9) n
    on conflict (tenant_id, case_id, id) do update set (kept, body) = row (excluded.kept, excluded.body)
), news as (
    insert into outbox (tenant_id, case_id, kind, ref, seq)
    select $1, $2, n.kind, n.ref, n.seq from jsonb_populate_recordset(null::outbox, $10) n
), woken as (
    update wake w set wake_at = n.wake_at, seq = n.seq, closed = n.closed, parked_at = null
    from jsonb_populate_record(null::wake, $11) n where w.tenant_id = $1 and w.case_id = $2
), searched as (
    update case_search s set words = s.words || n.words, tsv = s.tsv || n.tsv, closed = n.closed
    from jsonb_populate_record(null::case_search, $13) n
    where s.tenant_id = $1 and s.case_id = $2 and n.closed is not null
)
update case_file f set version = n.version, stage = n.stage, door = n.door, filing_state = n.filing_state,
    ball = n.ball, hand = n.hand, playbook_id = n.playbook_id, playbook_version = n.playbook_version,
    assignee = n.assignee, next_due = n.next_due, next_provisional = n.next_provisional, paused = n.paused,
    overdue_since = n.overdue_since, state = n.state, head_hash = n.head_hash,
    link_generation = n.link_generation, updated_at = n.updated_at, closed_at = n.closed_at
from jsonb_populate_record(null::case_file, $12) n where f.tenant_id = $1 and f.id = $2
