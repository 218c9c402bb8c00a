"""The closed sets of the law: every stage, door, turn and reason that exists."""

from enum import StrEnum


class Role(StrEnum):
    """Who acts. `CLOCK` is the workflow striking a bell; `OPERATOR` sees no case."""

    CONSUMER = "consumer"
    MERCHANT = "merchant"
    VOLUNTEER = "volunteer"
    CASEWORKER = "caseworker"
    MANAGER = "manager"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    CLOCK = "clock"


class Stage(StrEnum):
    """At which door the case stands; what happened there is told by its filing."""

    SUBMITTED = "submitted"
    AWAITING_MERCHANT = "awaiting_merchant"
    ESCALATED_TO_PLATFORM = "escalated_to_platform"
    IN_MEDIATION = "in_mediation"
    ESCALATED_TO_REGULATOR = "escalated_to_regulator"
    LEGAL_ACTION = "legal_action"
    SETTLED = "settled"
    CLOSED = "closed"


class Door(StrEnum):
    """Where a complaint can be lodged. `REPORT` (举报) stands beside the ladder."""

    MERCHANT = "merchant"
    PLATFORM = "platform"
    ASSOCIATION = "association"
    REGULATOR = "regulator"
    LAW = "law"
    REPORT = "report"


STAGE_AT = {
    Door.MERCHANT: Stage.AWAITING_MERCHANT,
    Door.PLATFORM: Stage.ESCALATED_TO_PLATFORM,
    Door.ASSOCIATION: Stage.IN_MEDIATION,
    Door.REGULATOR: Stage.ESCALATED_TO_REGULATOR,
    Door.LAW: Stage.LEGAL_ACTION,
}


class FilingState(StrEnum):
    OWED = "owed"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    REFUSED = "refused"
    DONE = "done"
    PASSED = "passed"


class Ball(StrEnum):
    """Whose turn it is."""

    ASSOCIATION = "association"
    CONSUMER = "consumer"
    MERCHANT = "merchant"
    PLATFORM = "platform"
    REGULATOR = "regulator"
    COURT = "court"
    NOBODY = "nobody"


ADDRESSEE = {
    Door.MERCHANT: Ball.MERCHANT,
    Door.PLATFORM: Ball.PLATFORM,
    Door.ASSOCIATION: Ball.ASSOCIATION,
    Door.REGULATOR: Ball.REGULATOR,
    Door.LAW: Ball.COURT,
}


class Hand(StrEnum):
    """Who files at a door. `MAIL` is a channel whose dispatch the software can prove."""

    CONSUMER = "consumer"
    HANDLER = "handler"
    MAIL = "mail"


class Capacity(StrEnum):
    """In whose right a filing was made."""

    CONSUMER = "consumer"
    AGENT = "agent"
    ASSOCIATION = "association"


class Outcome(StrEnum):
    SOLVED = "solved"
    PARTLY = "partly"
    NOT_SOLVED = "not_solved"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    NOT_PURSUED = "not_pursued"


class Platform(StrEnum):
    ALIBABA_1688 = "1688"
    TAOBAO = "taobao"
    TMALL = "tmall"
    JD = "jd"
    PINDUODUO = "pinduoduo"
    DOUYIN = "douyin"
    XIANYU = "xianyu"
    OTHER = "other"


WHOLESALE = frozenset({Platform.ALIBABA_1688})
"""Where businesses buy as well as people for themselves: what it was for must be asked."""


class Problem(StrEnum):
    QUALITY = "quality"
    SAFETY = "safety"
    COUNTERFEIT = "counterfeit"
    SHORT_MEASURE = "short_measure"
    MISMATCH = "mismatch"
    FALSE_AD = "false_ad"
    PRICE = "price"
    LATE_OR_NO_SHIP = "late_or_no_ship"
    NOT_RECEIVED = "not_received"
    DAMAGED = "damaged"
    AFTERSALE_SILENT = "aftersale_silent"
    NO_REASON_RETURN_REFUSED = "no_reason_return_refused"
    UNFAIR_TERMS = "unfair_terms"
    INVOICE = "invoice"
    PRIVACY_HARASSMENT = "privacy_harassment"
    PREPAID = "prepaid"


class Purpose(StrEnum):
    """What the goods were bought for: who counts as a consumer (消费者权益保护法 2, 62)."""

    OWN_USE = "own_use"
    RESALE = "resale"
    MIXED = "mixed"
    FARMING = "farming"
    UNKNOWN = "unknown"


class DemandKind(StrEnum):
    REFUND_FULL = "refund_full"
    REFUND_PARTIAL = "refund_partial"
    RETURN_REFUND = "return_refund"
    EXCHANGE = "exchange"
    REPAIR = "repair"
    RESEND = "resend"
    MAKE_UP_QUANTITY = "make_up_quantity"
    PRICE_REDUCTION = "price_reduction"
    FRAUD_TRIPLE = "fraud_triple"
    FOOD_TENFOLD = "food_tenfold"
    PROMISE_COMPENSATION = "promise_compensation"
    ACTUAL_LOSS = "actual_loss"
    LATE_SHIPPING = "late_shipping"
    PLATFORM_LIABILITY = "platform_liability"
    APOLOGY = "apology"
    CORRECTION = "correction"
    INVOICE = "invoice"
    DELETE_DATA = "delete_data"


class Consent(StrEnum):
    PRIVACY = "privacy"
    SHARE_WITH_MERCHANT = "share_with_merchant"
    MANDATE = "mandate"
    PUBLICATION = "publication"


class ProofKind(StrEnum):
    """What shows that a filing was made."""

    THEIR_NUMBER = "their_number"
    SCREENSHOT = "screenshot"
    MAIL_RECEIPT = "mail_receipt"
    SMTP = "smtp"
    WITNESS = "witness"


class Verdict(StrEnum):
    """How a door answered."""

    AGREED = "agreed"
    PARTLY = "partly"
    REFUSED = "refused"
    OUT_OF_SCOPE = "out_of_scope"
    ACCEPTED = "accepted"
    ENDED = "ended"
    EXPLAINED = "explained"
    WRONG_PARTY = "wrong_party"


class Reason(StrEnum):
    """Why a case was declined, a door passed or ended, a case paused, withdrawn or closed."""

    NOT_A_CONSUMER = "not_a_consumer"
    NO_CLEAR_RESPONDENT = "no_clear_respondent"
    ELSEWHERE_ACCEPTED = "elsewhere_accepted"
    OUT_OF_SCOPE = "out_of_scope"
    TOO_LATE = "too_late"
    FACTS_MISSING = "facts_missing"
    SETTLED_ELSEWHERE = "settled_elsewhere"
    NOT_USEFUL = "not_useful"
    NOT_POSSIBLE = "not_possible"
    NOBODY_FILED = "nobody_filed"
    NO_AGREEMENT = "no_agreement"
    PARTY_ABSENT = "party_absent"
    TIME_OVER = "time_over"
    PAPERS_MISSING = "papers_missing"
    APPRAISAL = "appraisal"
    CONSUMER_AWAY = "consumer_away"
    FULFILLED = "fulfilled"
    CHANGED_MIND = "changed_mind"
    CONSENT_REVOKED = "consent_revoked"
    OTHER = "other"


class Audience(StrEnum):
    """Who hears of something. `HANDLER` is the assignee, or whoever looks after unassigned
    cases.
    """

    CONSUMER = "consumer"
    MERCHANT = "merchant"
    PLATFORM = "platform"
    REGULATOR = "regulator"
    HANDLER = "handler"
    MANAGER = "manager"
