"""The private channel of each koppel: made or found, bound, and kept in step with the network. Shown first, done later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from adapters.caretaking import Step, StepFault
from adapters.port import ShutOut, TryLater
from adapters.slack.call import No, call, pages
from adapters.slack.directory import PLATFORM
from bot.belonging import belonging
from bot.deliver import Unsure
from bot.messages import NETWORK_PLACE, direct
from bot.routes import bind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import date

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.app import App
    from bot.belonging import Belonging
    from knowledge.network import Koppel, Person

NAME = 80
"""Characters of a channel's name."""


@dataclass(frozen=True)
class Channels:
    """The places of the network in one workspace; `me` is our own user there."""

    app: App
    client: AsyncWebClient
    directory: Directory
    me: str
    today: date
    """The local day on which is looked who belongs where."""

    async def steps(self) -> list[Step]:
        """All that would change, in order. A step that makes a channel also invites into it."""
        ours = await self._our_channels()
        found: list[Step] = []
        for koppel in self.directory.network.koppels:
            found += await self._of_koppel(koppel, ours)
        network = self.directory.target(NETWORK_PLACE)
        if network:
            everyone = belonging(NETWORK_PLACE, self.directory.network, self.today)
            found += await self._in_step(network, self.app.words.say("verzorgen.netwerk-plek"), everyone, ours)
        return [replace(step, do=self._tried(step.do)) if step.do else step for step in found]

    def _tried(self, do: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """The step, of which it is said when Slack does not take it."""

        async def tried() -> None:
            try:
                await do()
            except (No, ShutOut, TryLater) as fault:
                raise StepFault(self.app.words.say("verzorgen.stap-mislukt", fault=fault)) from None
            except Unsure as fault:
                raise StepFault(self.app.words.say("verzorgen.stap-onzeker", fault=fault)) from None

        return tried

    async def _our_channels(self) -> dict[str, dict[str, Any]]:
        """The channels in which we are, by id."""
        found: dict[str, dict[str, Any]] = {}
        async for page in pages(self.client, "conversations.list", types="private_channel", exclude_archived="true"):
            found |= {one["id"]: one for one in page["channels"] if one.get("is_member")}
        return found

    async def _of_koppel(self, koppel: Koppel, ours: dict[str, dict[str, Any]]) -> list[Step]:
        wanted, school = belonging(koppel.id, self.directory.network, self.today), self._school(koppel)
        people = wanted.asked
        channel = self.directory.target(koppel.id)
        if channel:
            return await self._in_step(channel, school, wanted, ours)
        sides = {one.organisation for one in people if self._user(one) and one.id in koppel.contacts}
        if len(sides) < 2:  # who would they talk to?
            return []
        name = channel_name(koppel.id)
        known = next((one for one in ours.values() if one["name"] == name), None)
        if known:
            bound = Step(self.app.words.say("verzorgen.bind", plek=school, naam=name), lambda: self._bind(koppel.id, known["id"]))
            return [bound, *await self._in_step(known["id"], school, wanted, ours)]
        names = ", ".join(one.name for one in people if self._user(one))
        text = self.app.words.say("verzorgen.maak", plek=school, naam=name, wie=names)
        return [Step(text, lambda: self._make(koppel, name, people))]

    async def _in_step(self, channel: str, called: str, wanted: Belonging, ours: dict[str, dict[str, Any]]) -> list[Step]:
        """Invitations for who should be there and is not, and out with who is or was in the list and does not belong there."""
        say = self.app.words.say
        if channel not in ours:
            return [Step(say("verzorgen.nodig-ons-uit", plek=called, kanaal=channel))]
        there = await self.members(channel)
        missing = [(user, one) for one in wanted.asked if (user := self._user(one)) and user not in there]
        found = [self._invitation(channel, called, user, one) for user, one in missing]
        reasons = [(user, why) for user in sorted(there) if (why := self.out(user, called, wanted))]
        return [*found, *(self._removal(channel, user, why) for user, why in reasons)]

    def out(self, user: str, called: str, wanted: Belonging) -> str | None:
        """Why somebody is to go out; None for who belongs there, and for a guest: who never stood in the list."""
        say, known = self.app.words.say, self._known.get(user)
        if known in wanted.welcome:
            return None
        person = self.directory.network.person_by_id.get(known or "")
        if person:
            here_still = person.until is None or person.until >= self.today
            return say("verzorgen.hoort-er-niet" if here_still else "verzorgen.haal-eruit", wie=person.name, plek=called)
        was = known or self._left.get(user)
        return say("verzorgen.haal-eruit", wie=f"{was} ({user})", plek=called) if was else None

    @cached_property
    def _known(self) -> dict[str, str]:
        return self.directory.known_users()

    @cached_property
    def _left(self) -> dict[str, str]:
        return self.directory.left_users()

    def _invitation(self, channel: str, called: str, user: str, one: Person) -> Step:
        async def invite() -> None:
            await self._invite(channel, [user])

        return Step(self.app.words.say("verzorgen.nodig-uit", wie=one.name, plek=called), invite)

    def _removal(self, channel: str, user: str, why: str) -> Step:
        async def remove() -> None:
            await call(self.client, "conversations.kick", channel=channel, user=user)

        return Step(why, remove)

    async def _make(self, koppel: Koppel, name: str, people: Iterable[Person]) -> None:
        try:
            answer = await call(self.client, "conversations.create", name=name, is_private=True)
        except No as no:
            if no.error != "name_taken":
                raise
            raise StepFault(self.app.words.say("verzorgen.naam-bezet", naam=name)) from None
        channel = answer["channel"]["id"]
        await self._bind(koppel.id, channel)
        topic = self.app.words.say("verzorgen.onderwerp", school=self._school(koppel))
        await call(self.client, "conversations.setTopic", channel=channel, topic=topic)
        await self._invite(channel, [user for one in people if (user := self._user(one))])

    async def _bind(self, place: str, channel: str) -> None:
        with self.app.store.transaction():
            bind(self.app.store.connection, PLATFORM, place, channel)

    async def _invite(self, channel: str, users: Iterable[str]) -> None:
        """Invites each, also when Slack does not know one of them; then raises `No` at the end."""
        refused: No | None = None
        for user in users:
            try:
                await call(self.client, "conversations.invite", channel=channel, users=user)
            except No as no:
                refused = refused if no.error == "already_in_channel" else no
        if refused:
            raise refused

    async def members(self, channel: str) -> set[str]:
        """Who is in it, beside us."""
        found: set[str] = set()
        async for page in pages(self.client, "conversations.members", channel=channel):
            found |= set(page["members"])
        return found - {self.me}

    def _user(self, person: Person) -> str | None:
        return self.directory.target(direct(person.id))

    def _school(self, koppel: Koppel) -> str:
        return self.directory.network.organisation_by_id[koppel.school].name


def channel_name(koppel: str) -> str:
    """What Slack takes: small letters, figures and dashes."""
    return re.sub(r"[^a-z0-9_-]+", "-", koppel.lower()).strip("-")[:NAME]
