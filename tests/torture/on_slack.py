"""The trial in a workspace of our Slack server."""

from tests.slack_server import SlackServer
from tests.slack_server.people import Person
from tests.slack_server.text import shown
from tests.slack_talk import APP_TOKEN, BOT_TOKEN, furnish
from tests.torture.real import Trial, askers_of, furnished

ASKERS = 12


class Workspace:
    """What a trial needs to know of it."""

    def __init__(self, server, database, network):
        self.server, self.database, self.network = server, database, network
        self.env = {"VERBINDER_SLACK_BOT_TOKEN": BOT_TOKEN, "VERBINDER_SLACK_APP_TOKEN": APP_TOKEN, "VERBINDER_SLACK_API": server.api_url}
        self.until = server.until

    def _person(self, person):
        return Person(self.server, self.network.person_by_id[person].slack)

    async def says(self, person, text):
        await self._person(person).says(text)

    def heard(self, person):
        return [shown(one).partition("\n")[0] for one in self._person(person).heard()]

    def answers(self, person):
        """How many there are, without reading them."""
        return len(self._person(person).heard())

    async def look(self):
        """Here everything is seen at once."""


def account(person):
    """As Slack would call somebody."""
    return "U" + "".join(filter(str.isalnum, person)).upper()


async def trial(folder, deaths, status):
    """So many deaths under load; what was counted."""
    database, network = furnished(folder, "slack", account)
    server = SlackServer(pace=0.0, ack_seconds=1.0, retry_delays=(0.3,) * 2000)
    await server.start()
    try:
        furnish(server, network)
        world = Workspace(server, database, network)
        return await Trial(world, network, askers_of(network, ASKERS)).run(deaths, status)
    finally:
        await server.stop()
