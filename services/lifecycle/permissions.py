"""Who may do what, and at which stage it has a meaning. Together: one screen, one table."""

from services.lifecycle import commands as c
from services.lifecycle.case import Case
from services.lifecycle.commands import Command
from services.lifecycle.evidence import PIECES_MAX
from services.lifecycle.kinds import Consent, Door, Role, Stage
from services.lifecycle.next_door import doors_to_open, mediation_barred, next_door
from services.lifecycle.playbook import Playbook

ALL = frozenset(Stage)
OPEN = ALL - {Stage.CLOSED}
AT_DOOR = OPEN - {Stage.SUBMITTED, Stage.SETTLED}
BEFORE_LAW = AT_DOOR - {Stage.LEGAL_ACTION}

POSSIBLE: dict[type[Command], frozenset[Stage]] = {
    c.File: frozenset(),
    c.Ask: OPEN,
    c.Provide: OPEN,
    c.TakeOn: frozenset({Stage.SUBMITTED}),
    c.Decline: frozenset({Stage.SUBMITTED}),
    c.Assign: OPEN,
    c.Take: OPEN,
    c.RecordFiling: AT_DOOR,
    c.RecordReceipt: AT_DOOR,
    c.ReadTheirDate: AT_DOOR,
    c.RecordAnswer: AT_DOOR,
    c.MakeOffer: AT_DOOR,
    c.AcceptOffer: AT_DOOR,
    c.RefuseOffer: AT_DOOR,
    c.OpenDoor: AT_DOOR - {Stage.IN_MEDIATION},
    c.PassDoor: BEFORE_LAW - {Stage.IN_MEDIATION},
    c.AcceptMediation: BEFORE_LAW - {Stage.IN_MEDIATION},
    c.EndMediation: frozenset({Stage.IN_MEDIATION}),
    c.GoToLaw: BEFORE_LAW - {Stage.IN_MEDIATION},
    c.Promise: AT_DOOR,
    c.Fulfil: frozenset({Stage.SETTLED}),
    c.BreakPromise: frozenset({Stage.SETTLED}),
    c.Pause: OPEN,
    c.Resume: OPEN,
    c.Extend: OPEN,
    c.OpenReport: OPEN,
    c.RecordReport: OPEN,
    c.Correct: ALL,
    c.Note: ALL,
    c.AddEvidence: OPEN,
    c.ShareEvidence: ALL,
    c.GiveConsent: ALL,
    c.RevokeConsent: ALL,
    c.AskCode: OPEN,
    c.ConfirmContact: OPEN,
    c.RecoverLink: ALL,
    c.Withdraw: OPEN,
    c.Close: OPEN,
    c.Reopen: frozenset({Stage.CLOSED}),
    c.ReissueLink: ALL,
    c.ReissueMerchantLink: OPEN,
    c.RevokeMerchantLink: ALL,
    c.MovePlaybook: OPEN,
    c.StrikeBell: OPEN,
}

CLOCK_ONLY = {c.StrikeBell}
CONSUMER_ONLY = {c.GiveConsent, c.AskCode, c.ConfirmContact, c.RecoverLink}
MANAGER = frozenset(POSSIBLE) - CLOCK_ONLY - CONSUMER_ONLY

PERMITTED: dict[Role, frozenset[type[Command]]] = {
    Role.CONSUMER: frozenset(
        {
            c.File,
            c.Provide,
            c.AddEvidence,
            c.GiveConsent,
            c.RevokeConsent,
            c.AskCode,
            c.ConfirmContact,
            c.RecoverLink,
            c.RecordFiling,
            c.AcceptOffer,
            c.RefuseOffer,
            c.Fulfil,
            c.BreakPromise,
            c.Withdraw,
            c.Reopen,
        }
    ),
    Role.MERCHANT: frozenset({c.RecordAnswer, c.MakeOffer, c.Promise}),
    Role.VOLUNTEER: frozenset(
        {
            c.Take,
            c.Ask,
            c.Note,
            c.AddEvidence,
            c.RecordFiling,
            c.RecordReceipt,
            c.RecordAnswer,
            c.RecordReport,
            c.ReadTheirDate,
        }
    ),
    Role.CASEWORKER: MANAGER - {c.MovePlaybook},
    Role.MANAGER: MANAGER,
    Role.AUDITOR: frozenset(),
    Role.OPERATOR: frozenset(),
    Role.CLOCK: frozenset({c.StrikeBell, c.RecordFiling}),
}


def permitted(role: Role, command: type[Command]) -> bool:
    return command in PERMITTED[role]


def possible(case: Case | None, command: type[Command]) -> bool:
    """Whether the command has a meaning at this stage; only `File` has one before there is a
    case.
    """
    return command is c.File if case is None else case.stage in POSSIBLE[command]


def allowed(case: Case, role: Role, playbook: Playbook) -> tuple[type[Command], ...]:
    """What this role may try now; the law can still refuse what was typed into it."""
    return tuple(
        command
        for command in POSSIBLE
        if permitted(role, command) and possible(case, command) and useful(case, command, playbook)
    )


def useful(case: Case, command: type[Command], playbook: Playbook) -> bool:
    """Hides what could only be refused as the case stands."""
    filing = case.filing
    match command:
        case c.Resume:
            return case.pause is not None
        case c.Pause:
            return case.pause is None
        case c.Provide:
            return case.question is not None
        case c.AcceptOffer | c.RefuseOffer:
            return case.offer is not None
        case c.RecordFiling:
            return filing is not None and filing.owed
        case c.RecordReceipt | c.ReadTheirDate | c.RecordAnswer:
            return filing is not None and filing.waits
        case c.RecordReport:
            return case.report_owed
        case c.OpenReport:
            return not case.report_owed
        case c.OpenDoor:
            return bool(doors_to_open(case, playbook))
        case c.PassDoor:
            return filing is not None and filing.owed and bool(next_door(case, playbook))
        case c.AcceptMediation:
            return mediation_barred(case, playbook) is None
        case c.AddEvidence | c.ShareEvidence:
            return pieces(case, command)
        case c.GiveConsent:
            return case.complaint.consents < frozenset(Consent)
        case c.RevokeConsent:
            return bool(case.complaint.consents)
        case c.Reopen:
            return Consent.PRIVACY in case.complaint.consents
        case c.ReissueMerchantLink | c.RevokeMerchantLink:
            return links(case, command)
        case c.GoToLaw:
            return playbook.rung(Door.LAW) is not None
        case _:
            return True


def links(case: Case, command: type[Command]) -> bool:
    """A link is made where the demand goes through us, and taken back where one leads somewhere."""
    if command is c.RevokeMerchantLink:
        return case.merchant_link is not None
    demand = case.filing_at(Door.MERCHANT)
    return demand is not None and not demand.before_us


def pieces(case: Case, command: type[Command]) -> bool:
    return len(case.evidence) < PIECES_MAX if command is c.AddEvidence else bool(case.evidence)
