"""Who and where: people and places of the core on one side, users and channels of Slack on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.account.left import left_accounts
from bot.messages import NETWORK_PLACE
from bot.routes import DIRECT, place_bound_to
from bot.store.deliveries import by_remote

if TYPE_CHECKING:
    from bot.app import App
    from bot.messages import Chose, Envelope, Reply
    from knowledge.network import Network, Person

PLATFORM = "slack"


class Directory:
    """Reads the network and what was linked since; `home` is the workspace in which the app is installed."""

    def __init__(self, app: App, home: str = "") -> None:
        self._app = app
        self.home = home

    @property
    def network(self) -> Network:
        return self._app.assistant.world.network

    def sender(self, user: str, team: str | None) -> str:
        """The person with this account; the account itself for somebody whom the network does not know."""
        account = f"{team or self.home}/{user}"
        linked = self._app.routes.person(PLATFORM, account)
        if linked:
            return linked
        found = next((person for person in self.network.people if person.slack and self.full(person.slack) == account), None)
        return found.id if found else account

    def full(self, account: str) -> str:
        """An account as workspace and user: without a workspace it is one of the home workspace."""
        return account if "/" in account else f"{self.home}/{account}"

    def name_of(self, user: str) -> str | None:
        """The name of a user whom somebody mentions, of whatever workspace they are, if the network knows them."""
        found = self.person(user) or next((one for one in self.network.people if (one.slack or "").endswith(f"/{user}")), None)
        return found.name if found else None

    def person(self, user: str, team: str | None = None) -> Person | None:
        return self.network.person_by_id.get(self.sender(user, team))

    def known_users(self) -> dict[str, str]:
        """The ids of all people whose account is known, by user, of whatever workspace."""
        listed = {person.slack: person.id for person in self.network.people if person.slack}
        return {account.rpartition("/")[2]: person for account, person in (listed | self._app.routes.linked(PLATFORM)).items()}

    def left_users(self) -> dict[str, str]:
        """Whose account it was, by user, of the accounts that stood in the list once."""
        left = left_accounts(self._app.store.connection)
        return {account.rpartition("/")[2]: person for account, person in left.items()}

    def place(self, channel: str) -> str | None:
        """The place that this channel is; None for a channel that the network does not know."""
        bound = place_bound_to(self._app.store.connection, PLATFORM, channel)
        if bound:
            return bound
        if self.network.channels.slack == channel:
            return NETWORK_PLACE
        return next((koppel.id for koppel in self.network.koppels if koppel.channels.slack == channel), None)

    def target(self, place: str) -> str | None:
        """Where to post for a place: a channel, or a user for a direct chat. None when there is nothing of it here."""
        found = self._app.routes.remote(PLATFORM, place, self.network)
        if not place.startswith(DIRECT):
            return found
        account = found or place.removeprefix(DIRECT)
        return account.rpartition("/")[2] if found or "/" in account else None

    def message(self, remote: str) -> Envelope | None:
        """The newest version of a message of ours that Slack knows by this id; None when it is none, or has been forgotten."""
        connection = self._app.store.connection
        number = by_remote(connection, PLATFORM, remote)
        found = self._app.store.outbox.message(number) if number is not None else None
        return found[0] if found else None

    def offered(self, number: int) -> Reply | None:
        """A message of ours by its number; None when it has been forgotten."""
        found = self._app.store.outbox.message(number)
        return found[0].reply if found else None

    def last_said_to(self, place: str, sender: str) -> Envelope | None:
        """The newest message of ours in a place that answered this person."""
        return self._app.store.outbox.last_said_to(place, sender)

    def place_of(self, number: int) -> str | None:
        """Where a message of ours was said."""
        found = self._app.store.outbox.message(number)
        return found[0].place if found else None

    def tap(self, remote: str, chose: Chose) -> None:
        """Keeps what a reaction chose. Inside a transaction."""
        self._app.store.connection.execute(
            "INSERT OR REPLACE INTO tap (platform, remote, message, option, sender) VALUES (?, ?, ?, ?, ?)",
            (PLATFORM, remote, chose.message, chose.options[0], chose.sender or ""),
        )

    def tapped(self, remote: str) -> tuple[int, str] | None:
        """The message and the option that a reaction chose."""
        found: tuple[int, str] | None = self._app.store.connection.execute(
            "SELECT message, option FROM tap WHERE platform = ? AND remote = ?", (PLATFORM, remote)
        ).fetchone()
        return found
