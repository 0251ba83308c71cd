"""The private channel of each koppel: made or found, bound, and kept in step with the network. Shown first, done later."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from adapters.caretaking import Step, StepFault
from adapters.port import ShutOut, TryLater
from adapters.slack.call import No, call
from adapters.slack.directory import PLATFORM
from bot.deliver import Unsure
from bot.messages import NETWORK_PLACE, direct
from bot.rights import is_coordinator
from bot.routes import bind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import date

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.app import App
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

    async def steps(self, today: date) -> list[Step]:
        """All that would change, in order. A step that makes a channel also invites into it."""
        ours = await self._our_channels()
        found: list[Step] = []
        for koppel in self.directory.network.koppels:
            found += await self._of_koppel(koppel, ours, today)
        network = self.directory.target(NETWORK_PLACE)
        if network:
            everyone = [one for one in self.directory.network.people if one.serves_on(today)]
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
        cursor = ""
        while True:
            answer = await call(
                self.client, "conversations.list", types="private_channel", limit="200", cursor=cursor or None,
                exclude_archived="true",
            )  # fmt: skip
            found |= {one["id"]: one for one in answer["channels"] if one.get("is_member")}
            cursor = answer.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found

    async def _of_koppel(self, koppel: Koppel, ours: dict[str, dict[str, Any]], today: date) -> list[Step]:
        people, school = self._people(koppel, today), self._school(koppel)
        channel = self.directory.target(koppel.id)
        if channel:
            return await self._in_step(channel, school, people, ours)
        sides = {one.organisation for one in people if self._user(one) and one.id in koppel.contacts}
        if len(sides) < 2:  # who would they talk to?
            return []
        name = channel_name(koppel.id)
        known = next((one for one in ours.values() if one["name"] == name), None)
        if known:
            bound = Step(self.app.words.say("verzorgen.bind", plek=school, naam=name), lambda: self._bind(koppel.id, known["id"]))
            return [bound, *await self._in_step(known["id"], school, people, ours)]
        names = ", ".join(one.name for one in people if self._user(one))
        text = self.app.words.say("verzorgen.maak", plek=school, naam=name, wie=names)
        return [Step(text, lambda: self._make(koppel, name, people))]

    async def _in_step(self, channel: str, called: str, people: list[Person], ours: dict[str, dict[str, Any]]) -> list[Step]:
        """Invitations for who should be there and is not, and who has left the network out."""
        say = self.app.words.say
        if channel not in ours:
            return [Step(say("verzorgen.nodig-ons-uit", plek=called, kanaal=channel))]
        there = await self._members(channel)
        wanted = {user: one for one in people if (user := self._user(one))}
        missing = {user: one for user, one in wanted.items() if user not in there}
        found = [self._invitation(channel, called, user, one) for user, one in missing.items()]
        for user in there:
            gone = self.directory.person(user)
            if gone and gone.until and user not in wanted:
                found.append(self._removal(channel, called, user, gone))
        return found

    def _invitation(self, channel: str, called: str, user: str, one: Person) -> Step:
        async def invite() -> None:
            await self._invite(channel, [user])

        return Step(self.app.words.say("verzorgen.nodig-uit", wie=one.name, plek=called), invite)

    def _removal(self, channel: str, called: str, user: str, one: Person) -> Step:
        async def remove() -> None:
            await call(self.client, "conversations.kick", channel=channel, user=user)

        return Step(self.app.words.say("verzorgen.haal-eruit", wie=one.name, plek=called), remove)

    async def _make(self, koppel: Koppel, name: str, people: list[Person]) -> None:
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

    async def _members(self, channel: str) -> set[str]:
        found: set[str] = set()
        cursor = ""
        while True:
            answer = await call(self.client, "conversations.members", channel=channel, limit="200", cursor=cursor or None)
            found |= set(answer["members"]) - {self.me}
            cursor = answer.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found

    def _people(self, koppel: Koppel, today: date) -> list[Person]:
        """Who belongs in the channel: the contacts, who stands in for them, and the coordinator."""
        by_id = self.directory.network.person_by_id
        contacts = [by_id[one] for one in koppel.contacts]
        deputies = [by_id[one.deputy] for one in contacts if one.deputy in by_id]
        coordinators = [one for one in by_id.values() if is_coordinator(one)]
        return [one for one in dict.fromkeys((*contacts, *deputies, *coordinators)) if one.serves_on(today)]

    def _user(self, person: Person) -> str | None:
        return self.directory.target(direct(person.id))

    def _school(self, koppel: Koppel) -> str:
        return self.directory.network.organisation_by_id[koppel.school].name


def channel_name(koppel: str) -> str:
    """What Slack takes: small letters, figures and dashes."""
    return re.sub(r"[^a-z0-9_-]+", "-", koppel.lower()).strip("-")[:NAME]
