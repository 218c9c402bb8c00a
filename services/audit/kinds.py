"""What is put on record beside the history of the cases."""

from enum import StrEnum


class Kind(StrEnum):
    SIGNED_IN = "signed_in"
    SIGNED_IN_ON_PAPER = "signed_in_on_paper"  # with a recovery code
    SIGNED_IN_AND_ENROLLED = "signed_in_and_enrolled"  # a second factor, for the first time
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    SECOND_FACTOR_RESET = "second_factor_reset"
    SESSION_REVOKED = "session_revoked"
    ACCESS_DENIED = "access_denied"
    CASE_READ = "case_read"
    CASE_LIST_READ = "case_list_read"
    CASE_SEARCHED = "case_searched"
    CASE_ANONYMISED = "case_anonymised"
    EVIDENCE_OPENED = "evidence_opened"
    EVIDENCE_EXPORTED = "evidence_exported"
    LINK_ISSUED = "link_issued"
    LINK_OPENED = "link_opened"
    LINK_CHECK_FAILED = "link_check_failed"
    LINK_FROZEN = "link_frozen"
    LINK_REVOKED = "link_revoked"
    ORGANISATION_CREATED = "organisation_created"
    ORGANISATION_CHANGED = "organisation_changed"
    CLOCK_ADVANCED = "clock_advanced"
    PERSON_INVITED = "person_invited"
    INVITATION_REVOKED = "invitation_revoked"
    PERSON_JOINED = "person_joined"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- the name of an entry
    ROLE_CHANGED = "role_changed"
    PERSON_DISABLED = "person_disabled"
    PERSON_ENABLED = "person_enabled"
    TOKEN_ISSUED = "token_issued"  # noqa: S105 -- the name of an entry
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 -- the name of an entry
    PLAYBOOK_PUBLISHED = "playbook_published"
    CALENDAR_LOADED = "calendar_loaded"
