"""The duties there are, those first that go before others when they are due at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.agenda import AgendaDuty
from bot.digest_duties import NetworkDigest, PersonalDigest
from bot.entry_check import EntryCheckDuty
from bot.handover_duties import PeopleDuty
from bot.list_duties import LeaversDuty, PlannedDuty
from bot.plan_duty import PlanDuty
from bot.reminders import Reminders
from bot.training_duty import TrainingDuty
from bot.undelivered import Undelivered

if TYPE_CHECKING:
    from bot.duties import Duty

DUTIES: tuple[Duty, ...] = (
    Undelivered(), PlannedDuty(), PeopleDuty(), Reminders(), LeaversDuty(), NetworkDigest(), PersonalDigest(), PlanDuty(),
    TrainingDuty(), AgendaDuty(), EntryCheckDuty(),
)  # fmt: skip
