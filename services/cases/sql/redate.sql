-- The dates of a case whose row this transaction has locked, derived anew; no event happened.
with gone as (
    delete from deadline d where d.tenant_id = $1 and d.case_id = $2
        and not exists (select from jsonb_populate_recordset(null::deadline, $3) n where n.key = d.key)
), deadlines as (
    insert into deadline
        (tenant_id, case_id, key, bell_id, kind, door, due, wake_at, provisional, because, moves_to)
    select $1, $2, n.key, n.bell_id, n.kind, n.door, n.due, n.wake_at, n.provisional, n.because, n.moves_to
    from jsonb_populate_recordset(null::deadline, $3) n
    on conflict (tenant_id, case_id, key) do update set
        (bell_id, kind, door, due, wake_at, provisional, because, moves_to) =
        row (excluded.bell_id, excluded.kind, excluded.door, excluded.due, excluded.wake_at, excluded.provisional,
            excluded.because, excluded.moves_to)
), news as (
    insert into outbox (tenant_id, case_id, kind, seq)
    select $1, $2, 'look', n.seq from jsonb_populate_record(null::wake, $4) n
), woken as (
    update wake w set wake_at = n.wake_at from jsonb_populate_record(null::wake, $4) n
    where w.tenant_id = $1 and w.case_id = $2
)
update case_file f set next_due = n.next_due, next_provisional = n.next_provisional
from jsonb_populate_record(null::case_file, $5) n where f.tenant_id = $1 and f.id = $2
