"""One noun for every act: its address, the command it stands for, and where a page offers it."""

from dataclasses import dataclass
from enum import StrEnum

from services.cases.views import CaseView
from services.lifecycle import commands as c
from services.lifecycle.commands import Command
from services.lifecycle.kinds import Role
from services.lifecycle.permissions import allowed
from services.lifecycle.wire import kind_of
from web.situations import Situation


class Group(StrEnum):
    """Acts stand together by what they do to the case."""

    RECORD = "record"
    PARTIES = "parties"
    MOVE = "move"
    TIME = "time"
    WHO = "who"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """`grave`: it cannot simply be taken back, so its page says first what it shuts or ends.
    `adds`: it only adds a line, so that an older page may still do it.
    """

    noun: str
    command: type[Command]
    group: Group
    grave: bool = False
    adds: bool = False

    @property
    def kind(self) -> str:
        return kind_of(self.command)


def act(
    noun: str, command: type[Command], group: Group, *, grave: bool = False, adds: bool = False
) -> Act:
    return Act(noun=noun, command=command, group=group, grave=grave, adds=adds)


ACTS = (
    act("taking-on", c.TakeOn, Group.MOVE),
    act("declination", c.Decline, Group.END, grave=True),
    act("question", c.Ask, Group.PARTIES),
    act("reply", c.Provide, Group.PARTIES),
    act("claim", c.Take, Group.WHO),
    act("assignment", c.Assign, Group.WHO),
    act("filing", c.RecordFiling, Group.RECORD),
    act("receipt", c.RecordReceipt, Group.RECORD),
    act("their-date", c.ReadTheirDate, Group.RECORD),
    act("answer", c.RecordAnswer, Group.RECORD),
    act("offer", c.MakeOffer, Group.PARTIES),
    act("agreement", c.AcceptOffer, Group.PARTIES, grave=True),
    act("rejection", c.RefuseOffer, Group.PARTIES),
    act("promise", c.Promise, Group.PARTIES),
    act("fulfilment", c.Fulfil, Group.PARTIES, grave=True),
    act("breach", c.BreakPromise, Group.PARTIES),
    act("escalation", c.OpenDoor, Group.MOVE),
    act("passing", c.PassDoor, Group.MOVE),
    act("acceptance", c.AcceptMediation, Group.MOVE, grave=True),
    act("mediation-end", c.EndMediation, Group.MOVE, grave=True),
    act("legal-action", c.GoToLaw, Group.MOVE),
    act("report", c.OpenReport, Group.RECORD),
    act("report-filing", c.RecordReport, Group.RECORD),
    act("sharing", c.ShareEvidence, Group.PARTIES),
    act("pause", c.Pause, Group.TIME),
    act("resumption", c.Resume, Group.TIME),
    act("extension", c.Extend, Group.TIME),
    act("note", c.Note, Group.RECORD, adds=True),
    act("correction", c.Correct, Group.RECORD, adds=True),
    act("link", c.ReissueLink, Group.WHO, grave=True),
    act("merchant-link", c.ReissueMerchantLink, Group.WHO, grave=True),
    act("merchant-link-end", c.RevokeMerchantLink, Group.WHO, grave=True),
    act("playbook", c.MovePlaybook, Group.TIME, grave=True),
    act("revocation", c.RevokeConsent, Group.PARTIES, grave=True),
    act("withdrawal", c.Withdraw, Group.END, grave=True),
    act("closure", c.Close, Group.END, grave=True),
    act("reopening", c.Reopen, Group.END),
)
BY_NOUN = {each.noun: each for each in ACTS}
BY_COMMAND = {each.command: each for each in ACTS}

# What a person will most likely do next; the first that is allowed becomes the primary button.
LIKELY: dict[Situation, tuple[type[Command], ...]] = {
    Situation.CLOSED: (c.Reopen, c.Note),
    Situation.PAUSED: (c.Resume, c.Note),
    Situation.CHOOSE_DOOR: (c.Note, c.Provide, c.AcceptMediation),
    Situation.QUESTION: (c.Note, c.Provide),
    Situation.OFFER: (c.Note, c.AcceptOffer, c.RefuseOffer),
    Situation.PROMISE: (c.Fulfil, c.BreakPromise, c.Note),
    Situation.PROMISE_DUE: (c.Fulfil, c.BreakPromise, c.Ask),
    Situation.WISH: (c.AcceptMediation, c.OpenDoor, c.Ask),
    Situation.FIRST_LOOK: (c.TakeOn, c.Ask, c.Take),
    Situation.FILE_YOURSELF: (c.RecordFiling, c.PassDoor, c.Ask),
    Situation.FILE_BY_US: (c.RecordFiling, c.PassDoor, c.Ask),
    Situation.MAIL_SOON: (c.Note, c.Pause),
    Situation.WAITING: (c.RecordAnswer, c.RecordReceipt, c.MakeOffer),
    Situation.DECIDE: (c.OpenDoor, c.AcceptMediation, c.GoToLaw),
}


def allowed_acts(view: CaseView, role: Role) -> tuple[Act, ...]:
    commands = allowed(view.case, role, view.rules.playbook)
    return tuple(BY_COMMAND[command] for command in commands if command in BY_COMMAND)


def likely_acts(acts: tuple[Act, ...], where: Situation) -> tuple[Act, ...]:
    return tuple(BY_COMMAND[command] for command in LIKELY[where] if BY_COMMAND[command] in acts)


def menu(
    acts: tuple[Act, ...], *, without: tuple[Act, ...]
) -> tuple[tuple[Group, tuple[Act, ...]], ...]:
    """By kind, without those that have a place of their own on the page."""
    groups = (
        (group, tuple(a for a in acts if a.group is group and a not in without)) for group in Group
    )
    return tuple((group, found) for group, found in groups if found)
