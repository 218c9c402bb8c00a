"""Faults of the ledger, each with the class and the code under which it must be reported."""

from services.cases.verify import Class

POSTED_TWICE = """
insert into notice (tenant_id, id, case_id, seq, recipient, channel, letter, queued_at)
select tenant_id, gen_random_uuid(), case_id, seq + 1, recipient, channel, letter, queued_at
from notice where case_id = $1 and letter = 'received'
"""
SAID_TWICE = """
insert into statement (tenant_id, id, case_id, kind, salt, text)
select tenant_id, gen_random_uuid(), case_id, kind, salt, text from statement where case_id = $1
"""
AN_EVENT = "update case_event set"
SECOND = "where case_id = $1 and seq = 2"
RECEIVED = "where case_id = $1 and letter = 'received'"
LAST = "using case_file f where e.case_id = $1 and f.id = $1 and e.seq = f.version"

SEEDS: dict[str, tuple[Class, str, str]] = {
    "an event is dropped": (
        *(Class.LOST, "receipt_without_event"),
        f"delete from case_event {SECOND}",
    ),
    "the last event is dropped": (
        *(Class.BROKEN_ORDER, "gap"),
        f"delete from case_event e {LAST}",
    ),
    "an event is changed": (
        *(Class.AUDIT, "changed"),
        f"{AN_EVENT} body = body || '{{\"due\": null}}' {SECOND}",
    ),
    "an event is said to come from somebody else": (
        *(Class.AUDIT, "changed"),
        f"{AN_EVENT} actor = 'clock' {SECOND}",
    ),
    "an event comes from nobody of ours": (
        *(Class.TENANTS, "actor_of_another_tenant"),
        f"{AN_EVENT} actor = 'person:' || gen_random_uuid() {SECOND}",
    ),
    "an event is older than the one before": (
        *(Class.BROKEN_ORDER, "time_runs_back"),
        f"{AN_EVENT} at = at - interval '1 day' {SECOND}",
    ),
    "the end of the chain is another": (
        *(Class.AUDIT, "head"),
        "update case_file set head_hash = '\\x00' where id = $1",
    ),
    "a receipt is gone": (
        *(Class.PHANTOM, "event_without_command"),
        "delete from command where case_id = $1 and receipt @> '{\"seqs\": [2]}'",
    ),
    "the stage is set by hand": (
        *(Class.BROKEN_ORDER, "not_the_fold"),
        "update case_file set stage = 'settled' where id = $1",
    ),
    "the state is set by hand": (
        *(Class.BROKEN_ORDER, "not_the_fold"),
        "update case_file set state = state || '{\"taken_on\": false}' where id = $1",
    ),
    "a case is found by what nobody said in it": (
        *(Class.BROKEN_ORDER, "not_the_fold"),
        "update case_search set tsv = tsv || '别家'::tsvector where case_id = $1",
    ),
    "words are searched that nobody said": (
        *(Class.BROKEN_ORDER, "not_the_fold"),
        "update case_search set words = words || ' 别家 ' where case_id = $1",
    ),
    "a case cannot be found": (
        *(Class.LOST, "not_searchable"),
        "delete from case_search where case_id = $1",
    ),
    "a filing is set by hand": (
        *(Class.BROKEN_ORDER, "not_the_fold"),
        "update filing set state = 'answered' where case_id = $1",
    ),
    "a deadline is a second early": (
        *(Class.DEADLINES, "not_as_derived"),
        "update deadline set due = due - interval '1 second' where case_id = $1",
    ),
    "a deadline is gone": (
        *(Class.DEADLINES, "not_as_derived"),
        "delete from deadline where case_id = $1",
    ),
    "the clock would wake a second early": (
        *(Class.STRANDED, "wake"),
        "update wake set wake_at = wake_at - interval '1 second' where case_id = $1",
    ),
    "the clock knows nothing of a case": (
        *(Class.STRANDED, "wake"),
        "delete from wake where case_id = $1",
    ),
    "a case is parked": (
        *(Class.STRANDED, "parked"),
        "update wake set parked_at = clock_timestamp() where case_id = $1",
    ),
    "news was never relayed": (
        *(Class.STRANDED, "not_relayed"),
        "update outbox set created_at = created_at - interval '6 minutes' where case_id = $1",
    ),
    "a letter was never posted": (
        *(Class.MESSAGES, "not_posted"),
        f"delete from notice {RECEIVED}",
    ),
    "a letter was posted twice": (*(Class.MESSAGES, "owed_by_no_event"), POSTED_TWICE),
    "a letter is marked before it was sent": (
        *(Class.MESSAGES, "sent_without_proof"),
        f"update notice set state = 'sent' {RECEIVED}",
    ),
    "a statement is changed": (
        *(Class.AUDIT, "statement_changed"),
        "update statement set text = text || '!' where case_id = $1",
    ),
    "a statement is gone": (
        *(Class.LOST, "statement_missing"),
        "delete from statement where case_id = $1 and kind = 'complaint.consumer.phone'",
    ),
    "a statement belongs to no event": (
        *(Class.PHANTOM, "statement_of_no_event"),
        SAID_TWICE,
    ),
    "a number is missing": (
        *(Class.LOST, "number_missing"),
        "update case_file set number = split_part(number, '-', 1) || '-9' where id = $1",
    ),
}
