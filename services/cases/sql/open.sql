-- A new case: inserts only, so that the public log-in, which reads nothing, may do it.
insert into case_file (tenant_id, id, number, version, stage, door, filing_state, ball, hand, problem, platform,
    purpose, playbook_id, playbook_version, assignee, next_due, next_provisional, paused, overdue_since, title,
    state, head_hash, link_generation, filed_at, updated_at, closed_at)
select n.tenant_id, n.id, n.number, n.version, n.stage, n.door, n.filing_state, n.ball, n.hand, n.problem,
    n.platform, n.purpose, n.playbook_id, n.playbook_version, n.assignee, n.next_due, n.next_provisional, n.paused,
    n.overdue_since, n.title, n.state, n.head_hash, n.link_generation, n.filed_at, n.updated_at, n.closed_at
from jsonb_populate_record(null::case_file, $1) n
