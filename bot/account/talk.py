"""The conversation about who is who: a newcomer says who they are, the coordinator gives codes and confirms."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.account import rows as accounts
from bot.messages import Chose, Line, Option, Reply, Said, direct
from bot.named import named_people
from bot.rights import is_coordinator
from knowledge.text import fold

if TYPE_CHECKING:
    import sqlite3

    from bot.account.rows import Claim
    from bot.context import Context
    from bot.messages import Inbound
    from bot.store.outbox import Outbox

_CODE = re.compile(r"(?:mijn )?(?:koppel)?code(?: is)?:?\s+([a-z]{4})[- ]?([a-z]{4})|([a-z]{4})-([a-z]{4})")
_ASKS = re.compile(r"(?:geef |maak )?(?:een )?(?:koppel)?code (?:voor|aan) (.+)")
THAT_IS_ME, YES, NO = "ik-ben-het", "klopt", "klopt-niet"
ABOUT = "claim"
"""Where the data of a message says about which claim, or whom, it is."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class AccountTalk:
    """One message, and what it may have to do with who somebody is."""

    connection: sqlite3.Connection
    context: Context

    def answer(self, inbound: Inbound, outbox: Outbox) -> list[Reply] | None:
        """What is said to it; None when it is about something else. Only in direct chats; accounts are of platforms."""
        if inbound.place != direct(inbound.sender or ""):
            return None
        if not inbound.platform:
            asks = isinstance(inbound, Said) and _ASKS.fullmatch(fold(inbound.text).strip(" .!"))
            return [self._reply("koppelen.code-elders")] if asks else None
        match inbound:
            case Said(text=text):
                last = outbox.last_said_to(inbound.place, inbound.sender)
                return self._said(inbound, fold(text).strip(" .!"), last.reply if last else None)
            case Chose(message=number, options=(option,)):
                known = outbox.message(number)
                return self._chose(inbound, known[0].reply, option) if known else None
            case _:
                return None

    def _chose(self, inbound: Said | Chose, offered: Reply, option: str) -> list[Reply] | None:
        about = offered.data.get(ABOUT)
        if about is None:
            return None
        if option == THAT_IS_ME:
            return self._claimed(inbound, str(about), "mail") if self._is_stranger(inbound) else None
        claim = accounts.claim_by_id(self.connection, int(about)) if str(about).isdigit() else None
        return self._decided(claim, option) if claim else None

    def offer(self, inbound: Inbound, replies: list[Reply]) -> list[Reply]:
        """What is said to a newcomer, with the way in under it."""
        if not isinstance(inbound, Said) or not self._is_stranger(inbound) or inbound.place != direct(inbound.sender or ""):
            return replies
        if any(reply.kind == "urgent" for reply in replies) or accounts.claim_waits(
            self.connection, inbound.platform, inbound.sender or ""
        ):
            return replies
        known = accounts.person_with_mail(self.context.network, inbound.mail) if inbound.mail else None
        if known is None:
            return [*replies, self._reply("koppelen.vraag-code")]
        options = (Option(THAT_IS_ME, self._say("koppelen.ik-ben-het")),)
        return [*replies, self._reply("koppelen.ben-jij", options, {ABOUT: known.id}, naam=known.name)]

    def _said(self, inbound: Said, text: str, last: Reply | None) -> list[Reply] | None:
        if self._is_stranger(inbound):
            if last and last.options and last.options[0].id == THAT_IS_ME and text in {"1", "ja", fold(last.options[0].label)}:
                return self._chose(inbound, last, THAT_IS_ME)
            found = _CODE.fullmatch(text)
            return self._code_used(inbound, "".join(part for part in found.groups() if part)) if found else None
        asks = _ASKS.fullmatch(text)
        if asks:
            return self._code_asked(inbound, asks[1])
        decides = {fold(self._say(f"koppelen.{option}")): option for option in (YES, NO)}.get(text)
        waiting = accounts.open_claims(self.connection) if decides else []
        if decides is None or not waiting:
            return None
        return self._decided(waiting[0], decides) if len(waiting) == 1 else [self._reply("koppelen.tik")]

    def _is_stranger(self, inbound: Said | Chose) -> bool:
        return bool(inbound.platform) and inbound.sender is not None and inbound.sender not in self.context.network.person_by_id

    # Codes

    def _code_asked(self, inbound: Said, name: str) -> list[Reply]:
        if not self.context.may("netwerk-wijzigen"):
            return [Reply("refusal", (Line(self._say("weigering.rechten")),), data={"reason": "rights"})]
        found = named_people(name, self.context)
        if len(found) != 1:
            return [self._reply("koppelen.code-voor-wie")]
        code = accounts.new_code(self.connection, found[0].id, inbound.sender, inbound.id, self.context.now)
        return [self._reply("koppelen.code", naam=found[0].name, code=code, dagen=accounts.CODE_KEPT.days)]

    def _code_used(self, inbound: Said, code: str) -> list[Reply]:
        person = accounts.use_code(self.connection, code, inbound.platform, inbound.sender or "", self.context.now)
        if person is None or person not in self.context.network.person_by_id:
            return [self._reply("koppelen.code-klopt-niet")]
        return self._claimed(inbound, person, "code")

    # Claims

    def _claimed(self, inbound: Said | Chose, person: str, how: accounts.How) -> list[Reply]:
        account = inbound.sender or ""
        claim = accounts.claim_for(self.connection, inbound.platform, account, person, how, self.context.now)
        if claim is None:
            return [self._reply("koppelen.wacht-al")]
        asked = [self._question(claim, one.id) for one in self.context.network.people if is_coordinator(one)]
        return [self._reply("koppelen.wacht"), *asked]

    def _question(self, claim: Claim, to: str, ended: str = "") -> Reply:
        """What each coordinator reads: the question, and afterwards how it ended."""
        name = self.context.network.person_by_id[claim.person].name
        values = {"account": claim.account, "platform": claim.platform.capitalize(), "naam": name}
        how = [Line(self._say(f"koppelen.hoe-{claim.how}", **values)), Line(self._say("koppelen.tik-of-typ"), "note")]
        lines = [Line(self._say("koppelen.klopt-dit", **values), "headline"), *([Line(ended)] if ended else how)]
        options = (Option(YES, self._say("koppelen.klopt")), Option(NO, self._say("koppelen.klopt-niet")))
        data = {ABOUT: claim.id, "person": claim.person}
        return Reply("announcement", tuple(lines), () if ended else options, data=data, to=direct(to), card=f"account/{claim.id}")

    def _decided(self, claim: Claim, option: str) -> list[Reply]:
        if not self.context.may("netwerk-wijzigen"):
            return [Reply("refusal", (Line(self._say("weigering.rechten")),), data={"reason": "rights"})]
        if claim.state != "open" or option not in {YES, NO} or claim.person not in self.context.network.person_by_id:
            return [self._reply("koppelen.al-beslist")]
        by, name = self.context.sender, self.context.network.person_by_id[claim.person].name
        if option == YES:
            accounts.link(self.connection, claim, by, self.context.now)
        else:
            accounts.refuse(self.connection, claim, by, self.context.now)
        log.info("account of %s on %s: %s by %s", claim.person, claim.platform, option, by)
        ended = self._say("koppelen.gekoppeld" if option == YES else "koppelen.niet-gekoppeld", wie=self._own_name())
        coordinators = [self._question(claim, one.id, ended) for one in self.context.network.people if is_coordinator(one)]
        if option == YES:
            return [*coordinators, self._reply("koppelen.welkom", to=direct(claim.person), naam=name)]
        return [*coordinators, self._reply("koppelen.helaas", to=direct(claim.account))]

    def _own_name(self) -> str:
        return self.context.asker.name if self.context.asker else ""

    def _say(self, key: str, **values: object) -> str:
        return self.context.world.words.say(key, **values)

    def _reply(
        self, key: str, options: tuple[Option, ...] = (), data: dict[str, str] | None = None, to: str | None = None,
        **values: object,
    ) -> Reply:  # fmt: skip
        return Reply("help", (Line(self._say(key, **values)),), options, data=dict(data or {}), to=to)
