-- The lists of services/cases/places.py. Each index holds the order of a list and every column that people narrow
-- it by, so that what does not fit is passed over without a look at the case, which is forty times as large. A
-- `case` and not `coalesce`: behind a policy no index is used for what could leak, and that counts among it.
drop index case_file_tenant_id_next_due_id_idx;
drop index case_file_tenant_id_stage_next_due_id_idx;
drop index case_file_tenant_id_assignee_next_due_id_idx;

create index case_file_open on case_file (
    tenant_id, paused, (case when next_due is null then 'infinity'::timestamptz else next_due end), id
) include (next_due, stage, ball, problem, assignee) where closed_at is null;

-- One handler's, and nobody's.
create index case_file_handler on case_file (
    tenant_id, assignee, paused, (case when next_due is null then 'infinity'::timestamptz else next_due end), id
) include (next_due, stage, ball, problem) where closed_at is null;

-- Few or none: what comes by these is put in order afterwards. Stage and turn go together, which the planner must
-- be told, or it waits in the long list for cases that are not there.
create index case_file_standing on case_file (
    tenant_id, ball, stage, problem, paused, (case when next_due is null then 'infinity'::timestamptz else next_due end),
    id
) include (next_due, assignee) where closed_at is null;
create statistics case_file_together (mcv) on ball, stage, problem from case_file;

create index case_file_closed on case_file (tenant_id, closed_at, id)
    include (stage, ball, problem, assignee) where closed_at is not null;
