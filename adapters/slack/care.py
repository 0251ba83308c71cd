"""Looks after the app in Slack: its tokens and scopes, the channels it needs, and the accounts of the network's people."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.caretaking import Finding
from adapters.port import ShutOut, TryLater
from adapters.slack.audience import Audience
from adapters.slack.call import No, Revoked, call, granted
from adapters.slack.channels import Channels
from adapters.slack.directory import Directory
from adapters.slack.scopes import NEEDED
from adapters.slack.start import access_of
from bot.belonging import belonging
from bot.deliver import Unsure
from bot.messages import NETWORK_PLACE, direct
from bot.retention import term_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import date, datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.caretaking import Step
    from adapters.slack.access import Access
    from bot.app import App
    from bot.settings import Settings


@asynccontextmanager
async def open_rooms(app: App, settings: Settings, today: date) -> AsyncIterator[list[Step]]:
    """What would bring the channels in step with the network. Raises `ShutOut`, `SettingsFault`."""
    access = access_of(app, settings)
    client = _client(access.bot_token, access)
    try:
        me = await call(client, "auth.test")
        steps = await Channels(app, client, Directory(app, me["team_id"]), me["user_id"], today).steps()
    except (No, Revoked) as fault:
        raise ShutOut(app.words.say("verzorgen.geen-toegang", fault=fault)) from None
    except (TryLater, Unsure):
        raise ShutOut(f"{app.words.say('verzorgen.kijk-weg-fout')} {app.words.say('verzorgen.kijk-weg-raad')}") from None
    yield steps


async def examine(app: App, settings: Settings, now: datetime) -> list[Finding]:
    """All that was looked at. Raises `SettingsFault`."""
    return await Examination(app, access_of(app, settings), now.date()).run()


def _client(token: str, access: Access) -> AsyncWebClient:
    """A client that waits when Slack says so: making many channels at once is more than it takes in a minute."""
    from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler  # noqa: PLC0415 - heavy
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - heavy, and only needed where Slack is

    waits = AsyncRateLimitErrorRetryHandler(max_retry_count=5)
    return AsyncWebClient(token=token, base_url=access.api, retry_handlers=[waits], timeout=30)


@dataclass(frozen=True)
class Examination:
    """One look at everything."""

    app: App
    access: Access
    today: date

    async def run(self) -> list[Finding]:
        """Token, scopes and socket first: without those nothing else can be seen."""
        client = _client(self.access.bot_token, self.access)
        try:
            me = await call(client, "auth.test")
            scopes = await granted(client)
        except (No, Revoked) as fault:
            return [self._finding("token", sound=False, fault=str(fault))]
        except (TryLater, Unsure):
            return [self._finding("weg", sound=False)]
        missing = sorted(NEEDED - scopes)
        found = [
            self._finding("token", sound=True, team=me["team"], wie=me["user"]),
            self._finding("rechten", sound=not missing, aantal=len(NEEDED), mist=", ".join(missing)),
        ]
        if self.access.app_token:
            found.append(await self._socket())
        directory = Directory(self.app, me["team_id"])
        if not missing:
            found += await self._places(client, directory, me["user_id"])
            found += await self._people(client, directory)
        return [*found, self._kept(directory)]

    def _kept(self, directory: Directory) -> Finding:
        """Of how long messages are kept Slack tells an app nothing, only an administrator of an Enterprise organisation."""
        days = (self.today + term_of(directory.network) - self.today).days
        return Finding(sound=True, text=self._say("kijk-bewaren", termijn=days), advice=self._say("kijk-bewaren-raad"))

    async def _socket(self) -> Finding:
        try:
            await call(_client(self.access.app_token, self.access), "apps.connections.open")
        except (No, Revoked, TryLater, Unsure) as fault:
            return self._finding("verbinding", sound=False, fault=str(fault))
        return self._finding("verbinding", sound=True)

    async def _places(self, client: AsyncWebClient, directory: Directory, me: str) -> list[Finding]:
        """Each channel that the network names: are we in, and who reads along?"""
        found = []
        audience = Audience(client, directory, lambda: 0.0)
        channels = Channels(self.app, client, directory, me, self.today)
        for place in (NETWORK_PLACE, *(koppel.id for koppel in directory.network.koppels)):
            channel = directory.target(place)
            if channel is None:
                continue
            try:
                about = (await call(client, "conversations.info", channel=channel))["channel"]
                there = await channels.members(channel) if about.get("is_member") else set()
                outside = not about.get("is_private") or any([await audience.is_outsider(user) for user in there])
            except (No, Revoked, TryLater, Unsure) as fault:
                found.append(self._finding("plek", sound=False, plek=place, kanaal=channel, fault=str(fault)))
                continue
            inside = bool(about.get("is_member"))
            found.append(self._finding("plek", sound=inside, plek=place, kanaal=channel, fault=""))
            if inside and outside:
                shared = "verbonden" if about.get("is_ext_shared") else "open"
                found.append(Finding(sound=True, text=self._say(f"kijk-{shared}", plek=place)))
            wanted = belonging(place, directory.network, self.today)
            if any(channels.out(user, place, wanted) for user in there):
                found.append(self._finding("eruit", sound=False, plek=place))
        return found

    async def _people(self, client: AsyncWebClient, directory: Directory) -> list[Finding]:
        """Accounts that Slack does not know any more, and how many people have none."""
        gone, without = [], 0
        for person in (one for one in directory.network.people if one.serves_on(self.today)):
            user = directory.target(direct(person.id))
            if user is None:
                without += 1
                continue
            try:
                deleted = (await call(client, "users.info", user=user))["user"].get("deleted")
            except No:
                deleted = True
            except (TryLater, Unsure):
                continue
            if deleted:
                gone.append(f"{person.name} ({user})")
        found = [self._finding("accounts", sound=not gone, wie=", ".join(gone))]
        if without:
            found.append(Finding(sound=True, text=self._say("kijk-zonder-account", aantal=without)))
        return found

    def _finding(self, what: str, *, sound: bool, **values: object) -> Finding:
        if sound:
            return Finding(sound=True, text=self._say(f"kijk-{what}-goed", **values))
        return Finding(sound=False, text=self._say(f"kijk-{what}-fout", **values), advice=self._say(f"kijk-{what}-raad", **values))

    def _say(self, key: str, **values: object) -> str:
        return self.app.words.say(f"verzorgen.{key}", **values)
