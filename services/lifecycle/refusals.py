"""Why the law says no. `wording` turns each into what happened, what stayed and what to do next."""

from enum import StrEnum


class Why(StrEnum):
    NOT_PERMITTED = "not_permitted"
    NOT_IN_THIS_STAGE = "not_in_this_stage"
    PRIVACY_CONSENT_MISSING = "privacy_consent_missing"
    DOOR_NOT_OPEN = "door_not_open"
    DOOR_NOT_IN_PLAYBOOK = "door_not_in_playbook"
    DOOR_SHUT_FOR_PURPOSE = "door_shut_for_purpose"
    DOOR_SHUT_BY_MEDIATION = "door_shut_by_mediation"
    ALREADY_AT_THIS_DOOR = "already_at_this_door"
    NO_NEXT_DOOR = "no_next_door"
    USE_ACCEPT_MEDIATION = "use_accept_mediation"
    USE_GO_TO_LAW = "use_go_to_law"
    ALREADY_FILED = "already_filed"
    NOT_YET_FILED = "not_yet_filed"
    ALREADY_ANSWERED = "already_answered"
    IN_THE_FUTURE = "in_the_future"
    IN_THE_PAST = "in_the_past"
    PROOF_MISSING = "proof_missing"
    NOT_YOUR_CAPACITY = "not_your_capacity"
    NO_MANDATE = "no_mandate"
    NO_MEDIATION_HERE = "no_mediation_here"
    REGULATOR_HAS_IT = "regulator_has_it"
    CONFIRM_MEDIATION = "confirm_mediation"
    NOT_A_CONSUMER = "not_a_consumer"
    OFFER_NOT_OPEN = "offer_not_open"
    OFFER_OPEN = "offer_open"
    PARTY_NOT_YOURS = "party_not_yours"
    PARTY_CANNOT_PROMISE = "party_cannot_promise"
    PROMISE_NOT_OPEN = "promise_not_open"
    PROMISE_OPEN = "promise_open"
    NOTHING_FULFILLED = "nothing_fulfilled"
    NO_SUCH_OUTCOME = "no_such_outcome"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    PAUSED = "paused"
    NO_SUCH_DEADLINE = "no_such_deadline"
    NOT_OUR_TIME = "not_our_time"
    OTHER_UNIT = "other_unit"
    NOTHING_ASKED = "nothing_asked"
    CHOICE_MISSING = "choice_missing"
    REOPEN_WINDOW_OVER = "reopen_window_over"
    REPORT_OPEN = "report_open"
    REPORT_NOT_OPEN = "report_not_open"
    NO_SUCH_EVENT = "no_such_event"
    ALREADY_YOURS = "already_yours"
    NOT_A_PERSON = "not_a_person"
    SAME_PLAYBOOK = "same_playbook"
    TEXT_MISSING = "text_missing"
    DAY_MISSING = "day_missing"


class Refused(Exception):
    """A rule said no; the case is as it was."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why
