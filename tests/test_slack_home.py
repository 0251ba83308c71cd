"""The home tab, and handovers from one end to the other in Slack."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

from bot.handover import rows as handovers
from bot.handover.rows import Handover
from bot.messages import Line, Reply
from tests.slack_server.people import labels
from tests.slack_server.text import shown
from tests.slack_talk import workspace


def played(story, **options):
    async def play():
        async with workspace(**options) as world:
            await story(world)

    asyncio.run(play())


PAIR = "lindecollege-politie"


async def offer(world, giver="s-devries", to="Wendy Mulder"):
    """Offers something through the questions in the direct chat; the channel in which the card then stands."""
    person, channel = world.person(giver), world.channel("lindecollege-politie")
    await person.says(f"draag dit over aan {to}")
    await person.answer()
    for said in ("2", "1", "geen", "ja", "1", "ja"):
        if channel.messages:
            break
        count = len(person.heard())
        await person.says(said)
        await world.server.until(lambda count=count: len(person.heard()) > count or channel.messages)
    await world.server.until(lambda: channel.messages)
    return channel


def home(world, person):
    return world.space.homes[person.user]


async def drawn(world, person, words):
    """Until the home of somebody says this."""
    await world.server.until(lambda: person.user in world.space.homes and words in shown(home(world, person)))


def test_an_offered_handover_is_taken_over_with_a_button_and_its_card_changes_in_place():
    async def story(world):
        channel, wendy = await offer(world), world.person("w-mulder")
        (card,) = wendy.heard(channel)
        assert "Neem over" in " ".join(labels(card["blocks"]))
        await wendy.presses("Neem over", card, channel)
        await world.server.until(lambda: world.count("chat.update"))
        text = shown(card)

        assert "Wendy Mulder" in text
        assert len(wendy.heard(channel)) == 1
        assert "BLAUWE" not in card["text"]
        assert card["text"] == "Er is nieuws over een overdracht."

    played(story)


def test_whoever_is_asked_is_called_by_name_in_the_channel_so_that_their_phone_says_so():
    async def story(world):
        channel = await offer(world)

        assert {"type": "user", "user_id": "U0WENDY"} in channel.messages[0]["blocks"][0]["elements"][0]["elements"]

    played(story)


def test_the_home_shows_what_is_open_with_its_controls_and_what_can_be_begun():
    async def story(world):
        await offer(world)
        wendy = world.person("w-mulder")
        await wendy.opens_home()
        await drawn(world, wendy, "Dag Wendy")

        assert {"Quickscan", "Draag iets over", "Klopt mijn kaart nog?", "Wie moet ik bellen?"} <= set(
            labels(home(world, wendy)["blocks"])
        )
        assert any(label.startswith("Neem over") for label in labels(home(world, wendy)["blocks"]))
        assert "Sanne de Vries, veiligheidscoördinator" in shown(home(world, wendy))

    played(story)


def test_a_home_that_slack_does_not_take_at_once_is_drawn_a_moment_later():
    async def story(world):
        wendy = world.person("w-mulder")
        world.server.fail("views.publish", status=429)
        await wendy.opens_home()
        await drawn(world, wendy, "Dag Wendy")

        assert world.count("views.publish") == 2

    played(story)


def test_taken_over_on_the_home_is_taken_over_everywhere_and_the_home_says_so():
    async def story(world):
        channel, wendy, sanne = await offer(world), world.person("w-mulder"), world.person("s-devries")
        await sanne.opens_home()
        await wendy.opens_home()
        await drawn(world, wendy, "Dag Wendy")
        await wendy.on_home("Neem over")
        await world.server.until(lambda: "Wendy Mulder" in shown(channel.messages[0]) and world.count("chat.update"))
        await drawn(world, wendy, "Ligt nu bij Wendy Mulder")
        await drawn(world, sanne, "Ligt nu bij Wendy Mulder")

        assert "Neem over" not in shown(home(world, wendy))
        assert [shown(one).count("Ligt nu bij Wendy Mulder") for one in channel.messages] == [1]

    played(story)


def test_from_the_home_the_quickscan_opens_as_a_form_and_a_handover_begins_in_the_chat():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.opens_home()
        await drawn(world, youssef, "Dag Youssef")
        await youssef.on_home("Quickscan")
        assert (await youssef.form())["title"]["text"] == "Quickscan"
        await youssef.on_home("Draag iets over")

        assert "wie" in (await youssef.answer()).lower()

    played(story)


def test_the_home_shows_the_next_agreements_that_concern_somebody():
    async def story(world):
        dion = world.person("d-pinas")
        await dion.opens_home()
        await drawn(world, dion, "Wijkagent op bezoek bij ROC De Brug")

        assert "Dit komt eraan\n- Wijkagent op bezoek bij ROC De Brug: morgen 10:00\n" in shown(home(world, dion))

    played(story)


def test_from_the_home_somebody_confirms_their_own_entry():
    async def story(world):
        sanne = world.person("s-devries")
        await sanne.opens_home()
        await drawn(world, sanne, "Dag Sanne")
        await sanne.on_home("Klopt mijn kaart nog?")
        assert "06-55500101" in await sanne.answer()
        await sanne.presses("Klopt")
        await world.server.until(lambda: "genoteerd dat het vandaag klopt" in shown(sanne.heard()[-1]))

        assert str(world.app.store.load_network().person_by_id["s-devries"].confirmed) == "2026-11-24"

    played(story)


def test_the_home_names_first_whom_somebody_looked_up_on_more_than_one_day():
    async def story(world):
        sanne = world.person("s-devries")
        for number in (1, 2):
            await sanne.says("wie is onze leerplichtambtenaar")
            await sanne.answer(number)
            world.clock.at += timedelta(days=1)
        await sanne.opens_home()
        await drawn(world, sanne, "Wie je vaak belt")
        told = shown(home(world, sanne)).partition("Wie je vaak belt")[2]

        assert told.strip().startswith("Marieke Vos, leerplichtambtenaar")

    played(story)


def test_what_does_not_fit_on_the_home_is_told_in_the_chat():
    async def story(world):
        sanne = world.person("s-devries")
        at = world.clock()
        with world.app.store.transaction():
            for number in range(9):
                one = Handover(f"OTTER-{number}", "overdracht", "s-devries", "w-mulder", "s-devries", PAIR, 2, "overleg", at, at)
                handovers.add(world.app.store.connection, replace(one, next_at=at + timedelta(days=1)))
        await sanne.opens_home()
        await drawn(world, sanne, "En nog 1")
        await sanne.on_home("Alles wat bij je openligt")

        assert "Jouw overdrachten" in await sanne.answer()

    played(story)


def test_somebody_whom_the_network_does_not_know_sees_no_name_on_the_home():
    async def story(world):
        world.space.add_user("U0VREEMD", "Vreemde")
        from tests.slack_server.people import Person

        stranger = Person(world.server, "U0VREEMD")
        await stranger.opens_home()
        await drawn(world, stranger, "Ik ken je nog niet")

        assert labels(home(world, stranger)["blocks"]) == []

    played(story)


def test_a_message_is_handed_over_from_its_menu_without_its_text():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        message = await sanne.says("Jan de Boer uit 3b was er weer niet", channel)
        await sanne.shortcut("draag_over", message, channel)
        await sanne.answer()

        assert not any("Jan" in shown(one) or "Jan" in str(one) for one in sanne.heard())

    played(story)


def test_a_thumb_under_a_handover_takes_nothing_over_and_only_who_put_it_there_is_told_once():
    async def story(world):
        channel, wendy = await offer(world), world.person("w-mulder")
        card = channel.messages[0]
        await wendy.reacts(card, "+1", channel)
        await world.server.until(lambda: channel.ephemeral)
        await wendy.takes_back(card, "+1", channel)
        for reaction in ("+1", "ok_hand", "eyes"):
            await wendy.reacts(card, reaction, channel)
        await wendy.reacts(card, "one", channel)
        await world.server.until(lambda: "Ligt nu bij Wendy Mulder" in shown(card))

        assert [(user, told["text"]) for user, told in channel.ephemeral] == [
            ("U0WENDY", "Met dat teken neem je niets over. Tik op een knop onder het bericht.")
        ]

    played(story)


def test_a_reaction_with_a_number_takes_a_handover_over_and_taking_it_away_gives_it_back():
    async def story(world):
        channel, wendy = await offer(world), world.person("w-mulder")
        card = channel.messages[0]
        await wendy.reacts(card, "one", channel)
        await world.server.until(lambda: "Ligt nu bij Wendy Mulder" in shown(card))
        await wendy.takes_back(card, "one", channel)
        await world.server.until(lambda: "Ligt bij Sanne de Vries" in shown(card))

        assert "Ligt nu bij Wendy Mulder" not in shown(card)
        assert [one["ts"] for one in channel.messages].count(card["ts"]) == 1

    played(story)


def test_after_the_term_no_overview_in_the_channel_names_a_handover_any_more():
    async def story(world):
        channel = world.channel(PAIR)
        for reference in ("BLAUWE-OTTER", "RODE-VOS"):
            new = Handover(
                reference, "overdracht", "s-devries", "w-mulder", "s-devries", PAIR, 1, "gesprek", world.clock.at, world.clock.at
            )
            with world.app.store.transaction():
                handovers.add(world.app.store.connection, replace(new, state="closed", state_at=world.clock.at, next_at=None))
        with world.app.store.transaction():
            overview = Reply("digest", (Line("BLAUWE-OTTER: bij Wendy."), Line("RODE-VOS: bij Wendy.")))
            world.app.store.outbox.say("dag", PAIR, None, world.clock.at, overview, ("slack",))
        await world.start()
        await world.server.until(lambda: channel.messages)
        (posted,) = channel.messages
        assert "RODE-VOS" in shown(posted)
        await world.stop()
        world.clock.at += timedelta(days=370)
        await world.start()
        await world.server.until(lambda: "gewist" in shown(posted))

        assert [one for one in channel.messages if "RODE-VOS" in json.dumps(one) or "BLAUWE-OTTER" in json.dumps(one)] == []

    played(story, start=False)
