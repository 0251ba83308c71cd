"""The duties there are, those first that go before others when they are due at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.agenda.duty import AgendaDuty
from bot.contacts.entry_check import EntryCheckDuty
from bot.contacts.leavers import LeaversDuty
from bot.contacts.planned import PlannedDuty
from bot.digest.duties import NetworkDigest, PersonalDigest
from bot.handover.duties import PeopleDuty
from bot.handover.reminders import Reminders
from bot.handover.undelivered import Undelivered
from bot.plan.duty import PlanDuty
from bot.training.duty import TrainingDuty

if TYPE_CHECKING:
    from bot.duties import Duty

DUTIES: tuple[Duty, ...] = (
    Undelivered(), PlannedDuty(), PeopleDuty(), Reminders(), LeaversDuty(), NetworkDigest(), PersonalDigest(), PlanDuty(),
    TrainingDuty(), AgendaDuty(), EntryCheckDuty(),
)  # fmt: skip
