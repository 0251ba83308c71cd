"""What one answer may look at: the network at a moment, the content, and who asks where."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from bot.privacy import name_ear, plain
from bot.rights import Act, Standing, may, standing
from knowledge.calendar import Calendar
from knowledge.names import Names
from knowledge.reach import NOWHERE, Place, Reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.understand import Understanding
    from bot.words import Words
    from knowledge.guard.people import NameEar
    from knowledge.library import Library
    from knowledge.network import Network, Organisation, Person


STALE_MONTHS = 12


@dataclass(frozen=True)
class World:
    """A network with everything that follows from it; made anew only when the network changes."""

    network: Network
    calendar: Calendar
    reach: Reach
    names: Names
    library: Library
    understanding: Understanding
    words: Words
    stale_months: int = STALE_MONTHS
    """After so many months without a word of confirmation an entry may be old."""

    def is_stale(self, person: Person, day: date) -> bool:
        """Whether nobody has said for so long that this entry is right. Whoever never was asked is not said to be old."""
        return person.confirmed is not None and person.confirmed < day - relativedelta(months=self.stale_months)

    def stale_people(self, day: date) -> list[Person]:
        """All who serve on this local day and whose entry may be old."""
        return [one for one in self.network.people if one.serves_on(day) and self.is_stale(one, day)]

    @cached_property
    def owners(self) -> dict[str, tuple[str, ...]]:
        """Whose every number and address is, `plain`: the people by their ids; a number of the office is of several."""
        found: dict[str, tuple[str, ...]] = {}
        for person in self.network.people:
            for value in {plain(value) for value in (person.phone, person.email) if value}:
                found[value] = (*found.get(value, ()), person.id)
        return found

    @cached_property
    def own_numbers(self) -> frozenset[str]:
        """Numbers and addresses of the network's own people, `plain`: to say them is no personal data of a pupil."""
        return frozenset(self.owners)

    @cached_property
    def own_accounts(self) -> frozenset[str]:
        """Accounts of the network's own people, in lower case."""
        return frozenset(account.lower() for person in self.network.people for account in person.accounts)

    @cached_property
    def own_data(self) -> frozenset[str]:
        """Numbers, addresses and accounts of the network's own people."""
        return self.own_numbers | self.own_accounts

    @cached_property
    def name_ear(self) -> NameEar:
        """Hears names of people that are none of the network's."""
        return name_ear(self.network, self.names, self.understanding)

    @cached_property
    def name_ear_for_strangers(self) -> NameEar:
        """Hears names of people, those of the network as well."""
        return name_ear(self.network, self.names, self.understanding, people=False)


def make_world(
    network: Network, library: Library, understanding: Understanding, words: Words, stale_months: int = STALE_MONTHS
) -> World:  # fmt: skip
    """Everything that follows from a network, ready to answer."""
    gc.unfreeze()
    calendar = Calendar(network)
    world = World(network, calendar, Reach(network, calendar), Names(network), library, understanding, words, stale_months)
    # All this stays: the collector need not go through it again and again, which with 100,000 people takes a quarter of a second.
    gc.freeze()
    return world


@dataclass(frozen=True)
class Context:
    """One message's surroundings. `now` is an aware moment."""

    world: World
    sender: str | None
    place: str
    now: datetime
    about: str | None = None
    """The place in which a conversation was begun that goes on in another."""
    reaches: Callable[[str], bool] = lambda _: True
    """Whether somebody (by id) has an account on a platform that is connected."""
    before: Place = NOWHERE
    """What the last answer was about: "wie doet daar het verzuim"."""

    @property
    def origin(self) -> str:
        """The place that this is about."""
        return self.about or self.place

    @property
    def network(self) -> Network:
        return self.world.network

    @property
    def asker(self) -> Person | None:
        return self.network.person_by_id.get(self.sender) if self.sender else None

    @property
    def standing(self) -> Standing:
        return standing(self.network, self.sender, self.origin, self.today)

    def may(self, act: Act) -> bool:
        return may(self.world.library.rights, self.standing, act)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.network.zone).date()

    @property
    def own_organisation(self) -> Organisation | None:
        return self.network.organisation_of(self.asker) if self.asker else None

    @property
    def side(self) -> str:
        """The side of the table from which the asker looks."""
        return self.own_organisation.side if self.own_organisation else "netwerk"

    def school_here(self) -> Organisation | None:
        """The school of the koppel in whose channel this is asked."""
        koppel = self.network.koppel_by_id.get(self.origin)
        return self.network.organisation_by_id.get(koppel.school) if koppel else None

    def own_place(self) -> Place:
        """Where a question plays when nobody says: this channel's school, the asker's own, or the only one they serve."""
        if school := self.school_here():
            return Place(school=school)
        if self.own_organisation and self.own_organisation.is_school:
            return Place(school=self.own_organisation)
        served = self.schools_served()
        return Place(school=served[0]) if len(served) == 1 else NOWHERE

    def schools_served(self) -> list[Organisation]:
        """The schools that stand in the asker's own entry."""
        ids = self.asker.serves if self.asker else ()
        found = (self.network.organisation_by_id.get(one) for one in ids)
        return [organisation for organisation in found if organisation and organisation.is_school]
