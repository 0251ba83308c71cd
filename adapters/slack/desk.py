"""Takes in what was delivered: reads it, hands it to the core, and says what goes back with the acknowledgement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from adapters.slack import controls
from adapters.slack.home import BEGIN
from adapters.slack.read import tap_of
from bot.messages import Withdrew, direct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from adapters.port import Receive
    from adapters.slack.audience import Audience
    from adapters.slack.forms import Forms
    from adapters.slack.hints import Hints
    from adapters.slack.home import Homes
    from adapters.slack.read import Reader
    from adapters.slack.sheets import Sheets
    from bot.messages import Chose, Said
    from bot.words import Words

Payload = dict[str, Any]
RECENT = 500
"""Messages of which is remembered under which id they came in, for a mention that comes without it."""


@dataclass(frozen=True)
class Core:
    """What the desk hands to."""

    receive: Receive
    homes: Homes
    clock: Callable[[], datetime]
    words: Words
    chats: Mapping[str, str]
    """Our direct chats, by user, as far as they are known."""
    hints: Hints


class Desk:
    """One function for each kind of delivery. Each returns when the core has it, or raises."""

    def __init__(self, reader: Reader, core: Core, forms: Forms, audience: Audience, sheets: Sheets) -> None:
        self._reader, self._core, self._forms, self._audience, self._sheets = reader, core, forms, audience, sheets
        self._recent: dict[str, str] = {}

    async def message(self, event: Payload) -> None:
        said = self._reader.message(event)
        earlier = self._recent.get(f"{event['channel']}/{event.get('previous_message', {}).get('ts')}")
        if isinstance(said, Withdrew):
            await self._core.receive(replace(said, message=earlier or said.message))
        elif said and not self._is_twin(event, said):
            user = event.get("user") or event.get("message", {}).get("user", "")
            told = replace(said, edits=earlier) if said.edits and earlier else said
            await self._core.receive(await self._with_company(told, event["channel"], user))

    async def app_mention(self, event: Payload) -> None:
        """The twin of a message: it comes beside it, mostly with the same id."""
        await self.message(event)

    def _is_twin(self, event: Payload, said: Said) -> bool:
        """Whether this came in already under another id: a mention may lack what the client called its message."""
        if said.edits:
            return False
        known = self._recent.setdefault(f"{event['channel']}/{event['ts']}", said.id)
        while len(self._recent) > RECENT:
            del self._recent[next(iter(self._recent))]
        return known != said.id

    async def _with_company(self, said: Said, channel: str, user: str) -> Said:
        """Who else reads it, and, of somebody whom the network does not know, the address that Slack vouches for."""
        if said.place != direct(said.sender or ""):
            return replace(said, outsiders=await self._audience.has_outsiders(channel)) if said.addressed else said
        if said.sender and "/" in said.sender:
            return replace(said, mail=await self._audience.mail(user))
        return said

    async def reaction_added(self, event: Payload) -> None:
        chose = self._reader.reaction(event)
        if chose is None:
            await self._core.hints.stray(event)
        if chose and (found := await self._of_team(event, chose.sender)):
            chose = self._reader.reaction(found)
        if chose:
            told = await self._among(chose, event["item"]["channel"])
            await self._core.receive(told, lambda: self._reader.directory.tap(tap_of(event), chose))

    async def reaction_removed(self, event: Payload) -> None:
        undid = self._reader.taken_back(event)
        if undid and (found := await self._of_team(event, undid.sender)):
            undid = self._reader.taken_back(found)
        if undid:
            await self._core.receive(undid)

    async def _of_team(self, event: Payload, sender: str | None) -> Payload | None:
        """A reaction of somebody who is not of our workspace, with the workspace that it lacks; None when it lacks nothing."""
        if not sender or "/" not in sender or event.get("user_team"):
            return None
        return {**event, "user_team": await self._audience.team(event["user"])}

    async def member_joined_channel(self, event: Payload) -> None:
        self._audience.changed(event["channel"])

    async def member_left_channel(self, event: Payload) -> None:
        self._audience.changed(event["channel"])

    async def app_home_opened(self, event: Payload) -> None:
        if event.get("tab") == "home":
            self._core.homes.opened(event["user"], self._reader.directory.sender(event["user"], None))

    async def command(self, body: Payload) -> Payload | None:
        """What stands after the command is said in the direct chat; a quickscan opens as a form."""
        typed = body.get("text", "").strip()
        if body["command"] == "/quickscan" and not typed:
            sender = self._reader.directory.sender(body["user_id"], body.get("team_id"))
            await self._forms.open(body["trigger_id"], sender, about=self._reader.used_in(body))
            return None
        starts = {"/wie": "wie is", "/overdracht": "overdracht", "/quickscan": "quickscan", "/verbinder": ""}[body["command"]]
        text = f"{starts} {typed}".strip() if typed or starts != "wie is" else "help"
        said = self._reader.command(body, text or "help", self._core.clock())
        await self._core.receive(await self._with_company(said, body["channel_id"], body["user_id"]))
        here = self._core.chats.get(body["user_id"]) == body["channel_id"]
        return None if here else {"text": self._core.words.say("melding.in-prive")}

    async def shortcut(self, body: Payload) -> Payload | None:
        if body["callback_id"] == "quickscan":
            await self._forms.open(body["trigger_id"], self._reader.user(body))
            return None
        said = self._reader.shortcut(body, "overdracht")
        await self._core.receive(await self._with_company(said, "", body["user"]["id"]))
        return None

    async def control(self, body: Payload) -> Payload | None:
        kind, _, flow = body["actions"][0]["action_id"].partition(":")
        if kind == controls.FORM:
            await self._forms.open(body["trigger_id"], self._reader.user(body), flow, self._reader.used_in(body))
            return None
        if kind == BEGIN:
            await self._core.receive(self._reader.begun(body))
            return None
        if kind == controls.TURN:
            await self._sheets.turn(body)
            return None
        chose = self._reader.chose(body)
        if chose:
            await self._core.receive(await self._among(chose, body["channel"]["id"]) if "channel" in body else chose)
        return None

    async def _among(self, chose: Chose, channel: str) -> Chose:
        """A choice, with whether somebody from outside saw what was chosen from."""
        if chose.place == direct(chose.sender or ""):
            return chose
        return replace(chose, outsiders=await self._audience.has_outsiders(channel))

    async def submitted(self, body: Payload) -> Payload | None:
        return await self._forms.submitted(body, self._reader.user(body))
