"""The assistant in Slack, over a real server that speaks Slack's protocol: what people do, and what they then see."""

import asyncio
import json
from dataclasses import replace

import pytest

from bot.messages import Line, Option, Reply
from tests.slack_server.people import Person
from tests.slack_server.text import controls, shown
from tests.slack_talk import workspace
from tests.test_slack_home import offer

TICKED = ("Wapenbezit", "Vernieling", "Foute vriendengroep", "Vaak te laat")


def played(story, **options):
    """Plays a story in a workspace of its own."""

    async def play():
        async with workspace(**options) as world:
            await story(world)

    asyncio.run(play())


def results(world, person="y-amrani"):
    """What the last result says to programs, without what differs each time."""
    found = world.app.store.outbox.last_said_to(f"dm:{person}", person)
    return {key: value for key, value in found.reply.data.items() if key != "reference"}


# Questions


def test_a_question_in_a_direct_chat_is_answered_there():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("wie is onze wijkagent")
        heard = await youssef.answer()

        assert heard.startswith("Bel Wendy Mulder, wijkagent")
        assert "06-55500112" in heard.splitlines()

    played(story)


def test_a_mention_is_answered_once_in_its_channel_though_slack_delivers_it_as_two_events():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel)
        await sanne.answer(1, channel)
        await world.server.until(lambda: len(world.server.sockets.acked) >= 3)  # the message, its twin, and our own answer

        assert len(sanne.heard(channel)) == 1

    played(story)


@pytest.mark.parametrize("first", ["message", "app_mention"])
def test_a_mention_whose_twin_lacks_the_clients_id_is_still_one_message(first):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        payloads = world.server.payloads
        message = {"type": "message", "user": "U0SANNE", "text": f"<@{world.space.installed.bot_user}> help", "ts": world.space.next_ts(), "team": "T0VERBINDER"}
        channel.messages.append(message)
        twins = {"message": payloads.message(channel, {**message, "client_msg_id": "c-1"}), "app_mention": payloads.mention(channel, message)}
        await world.server.deliver("events_api", payloads.event_callback(twins.pop(first)))
        await world.server.deliver("events_api", payloads.event_callback(*twins.values()))
        await sanne.answer(1, channel)
        await world.server.until(lambda: len(world.server.sockets.acked) >= 3)

        assert len(sanne.heard(channel)) == 1

    played(story)


@pytest.mark.parametrize("then", ["corrected", "deleted"])
def test_a_mention_that_came_without_the_clients_id_can_still_be_corrected_and_taken_away(then):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        text = f"<@{world.space.installed.bot_user}> wie is de directeur"
        message = {"type": "message", "user": "U0SANNE", "text": text, "ts": world.space.next_ts(), "team": "T0VERBINDER"}
        channel.messages.append(message)
        await world.server.deliver("events_api", world.server.payloads.event_callback(world.server.payloads.mention(channel, message)))
        await sanne.answer(1, channel)
        message["client_msg_id"] = "c-1"
        if then == "corrected":
            await sanne.corrects(message, text.replace("de directeur", "onze wijkagent"), channel)
        else:
            await sanne.throws_away(message, channel)
        await world.server.until(lambda: world.count("chat.update"))

        (heard,) = (shown(one) for one in sanne.heard(channel))
        assert heard.startswith("Bel Wendy Mulder" if then == "corrected" else "De vraag is weggehaald.")

    played(story)


def test_what_people_say_to_each_other_in_a_channel_gets_no_answer():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        await sanne.says("wie is vanmiddag bij het overleg?", channel)
        await world.server.until(lambda: world.server.sockets.acked)

        assert sanne.heard(channel) == []

    played(story)


@pytest.mark.parametrize(("subtype", "user", "answers"), [
    (None, "", 1), ("me_message", "", 1), ("thread_broadcast", "", 1), ("file_share", "", 1),
    ("group_topic", "", 0), ("channel_canvas_updated", "", 0), ("something_new", "", 0), (None, "USLACKBOT", 0),
])  # fmt: skip
def test_what_nobody_said_is_no_question_whatever_slack_calls_it(subtype, user, answers):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        world.space.add_user("USLACKBOT", "Slackbot")
        text = f"<@{world.space.installed.bot_user}> wie is onze wijkagent"
        kind = {"subtype": subtype} if subtype else {}
        world.server.post(channel, user or sanne.user, {"text": text, **kind})
        await sanne.says("wie is de leerplichtambtenaar")
        await sanne.answer(1)

        assert len(sanne.heard(channel)) == answers

    played(story)


def test_a_question_in_a_thread_is_answered_in_that_thread():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        root = await sanne.says("even iets over de wijkagent", channel)
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel, thread=root["ts"])
        await sanne.answer(1, channel)

        assert sanne.heard(channel)[0]["thread_ts"] == root["ts"]

    played(story)


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_corrected_question_changes_its_answer_in_place_also_when_its_thread_has_answers(in_thread):
    async def story(world):
        youssef = world.person("y-amrani")
        question = await youssef.says("wie is de directeur")
        await youssef.answer()
        if in_thread:
            question |= {"thread_ts": question["ts"], "reply_count": 1}
        await youssef.corrects(question, "wie is onze wijkagent")
        await world.server.until(lambda: world.count("chat.update"))

        assert (await youssef.answer()).startswith("Bel Wendy Mulder")
        assert len(youssef.heard()) == 1

    played(story)


def test_in_the_thread_of_an_answer_of_ours_nobody_need_mention_us():
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel)
        await sanne.answer(1, channel)
        await sanne.says("en wie is de vervanger?", channel, thread=sanne.heard(channel)[0]["ts"])
        await sanne.answer(2, channel)

        assert sanne.heard(channel)[1]["thread_ts"] == sanne.heard(channel)[0]["ts"]

    played(story)


def test_a_number_right_after_a_list_in_a_thread_chooses_from_it_and_of_nobody_else():
    async def story(world):
        sanne, wendy, channel = world.person("s-devries"), world.person("w-mulder"), world.channel("lindecollege-politie")
        root = (await sanne.says("even over morgen", channel))["ts"]
        await sanne.says(f"<@{world.space.installed.bot_user}> wat doet halt", channel, root)
        await sanne.answer(1, channel)
        await wendy.says("2", channel, root)
        await sanne.says("1", channel)
        await sanne.says("1", channel, root)
        await sanne.answer(2, channel)

        assert [shown(one).partition("\n")[0] for one in sanne.heard(channel)[1:]] == ["Geeft Halt ook voorlichting op school?"]
        assert sanne.heard(channel)[1]["thread_ts"] == root

    played(story)


@pytest.mark.parametrize("by", ["button", "reaction"])
def test_what_is_chosen_under_an_answer_in_a_thread_is_answered_in_that_thread(by):
    async def story(world):
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        root = (await sanne.says("even over morgen", channel))["ts"]
        await sanne.says(f"<@{world.space.installed.bot_user}> wat doet halt", channel, root)
        await sanne.answer(1, channel)
        asked = sanne.heard(channel)[0]
        await (sanne.presses("Geeft Halt", channel=channel) if by == "button" else sanne.reacts(asked, "one", channel))
        await sanne.answer(2, channel)

        assert [one["thread_ts"] for one in sanne.heard(channel)] == [root, root]

    played(story)


def test_an_answer_in_a_conversation_that_is_corrected_is_the_answer():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        await youssef.answer(1)
        await youssef.says("nee")
        await youssef.answer(2)
        said = await youssef.says("alleen op school")
        await youssef.answer(3)
        await youssef.corrects(said, "maatschappelijk")
        await youssef.answer(4)
        (answers,) = world.app.store.connection.execute("SELECT answers FROM conversation").fetchone()

        assert json.loads(answers)["context"] == ["maatschappelijk"]

    played(story)


async def takes_away(world, person, question, way, channel=None):
    """As Slack tells it: a message that has answers in its thread leaves a stone behind."""
    if way == "deleted":
        await person.throws_away(question, channel)
    else:
        before = {**question, "thread_ts": question["ts"], "reply_count": 1}
        question |= {"user": "USLACKBOT", "subtype": "tombstone", "text": "This message was deleted.", "hidden": True, "thread_ts": question["ts"]}
        world.space.add_user("USLACKBOT", "Slackbot")
        world.server.changed(channel or person.direct, question, before)


@pytest.mark.parametrize("way", ["deleted", "tombstone"])
@pytest.mark.parametrize("where", ["chat", "channel"])
def test_a_question_that_is_taken_away_takes_its_answer_along(way, where):
    async def story(world):
        sanne = world.person("s-devries")
        channel = world.channel("lindecollege-politie") if where == "channel" else None
        mention = f"<@{world.space.installed.bot_user}> " if channel else ""
        question = await sanne.says(f"{mention}wie is onze wijkagent", channel)
        assert "Wendy" in await sanne.answer(1, channel)
        await takes_away(world, sanne, question, way, channel)
        await world.server.until(lambda: "Wendy" not in shown(sanne.heard(channel)[0]))
        await world.server.until(all_acknowledged(world))

        assert shown(sanne.heard(channel)[0]) == "De vraag is weggehaald. Mijn antwoord is ook weg."
        assert len(sanne.heard(channel)) == 1

    played(story)


def all_acknowledged(world):
    return lambda: {one["envelope_id"] for one in world.server.sockets.sent} <= set(world.server.sockets.acked)


def test_a_question_that_gets_a_preview_is_no_new_question():
    async def story(world):
        youssef = world.person("y-amrani")
        question = await youssef.says("wie is onze wijkagent")
        await youssef.answer()
        before = {**question}
        question["attachments"] = [{"from_url": "https://voorbeeld.example", "id": 1, "fallback": "Voorbeeld"}]
        world.server.changed(youssef.direct, question, before)
        await youssef.says("help")
        await youssef.answer(2)
        await world.server.until(all_acknowledged(world))

        assert world.app.store.connection.execute("SELECT count(*) FROM inbox").fetchone() == (2,)
        assert len(youssef.heard()) == 2

    played(story)


def test_a_channel_that_the_network_does_not_know_gets_nothing_and_the_asker_a_private_answer():
    async def story(world):
        sanne = world.person("s-devries")
        strange = world.space.add_channel("C0VREEMD", "vreemd", {sanne.user, world.space.installed.bot_user}, is_private=True)
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", strange)

        assert (await sanne.answer()).startswith("Bel Wendy Mulder")
        assert sanne.heard(strange) == []

    played(story)


def test_somebody_of_another_workspace_is_known_by_workspace_and_user_and_the_same_user_elsewhere_is_a_stranger():
    async def story(world):
        world.space.add_user("U0YOUSSEF2", "Iemand Anders", team="T0ELDERS")
        stranger = world.person("y-amrani")
        stranger.user = "U0YOUSSEF2"
        await stranger.says("wie is onze wijkagent")

        assert "Wendy" not in await stranger.answer()

    played(story)


def elsewhere(world, user="U0ELDERS", name="Ann Elders"):
    """Somebody of another workspace who reads along in the channel of the pair (Slack Connect)."""
    channel = world.channel("lindecollege-politie")
    world.space.add_user(user, name, team="T0ELDERS")
    channel.members.add(user)
    channel.shared_with.add("T0ELDERS")
    return Person(world.server, user), channel


def test_somebody_of_another_workspace_who_is_not_in_the_network_gets_nothing_personal_whatever_they_do():
    async def story(world):
        channel = await offer(world)
        ann, _ = elsewhere(world)
        (card,) = ann.heard(channel)
        before = shown(card)
        await ann.presses("Neem over", card, channel)
        await ann.reacts(card, "one", channel)
        await ann.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel)
        await ann.says(f"<@{world.space.installed.bot_user}> wat staat er open", channel)
        await world.server.until(lambda: world.app.store.connection.execute("SELECT count(*) FROM inbox").fetchone()[0] >= 4)
        await world.server.until(lambda: len(ann.heard(channel)) >= 4)
        heard = [shown(one) for one in (*ann.heard(channel)[1:], *ann.heard())]

        assert shown(card) == before
        assert not any(word in text for text in heard for word in ("Wendy", "Sanne", "06-", "OTTER", "Ligt bij"))

    played(story)


def test_somebody_of_another_workspace_who_is_in_the_network_takes_a_handover_over_with_a_reaction():
    async def story(world):
        ann, channel = elsewhere(world)
        people = tuple(replace(one, slack="T0ELDERS/U0ELDERS") if one.id == "w-mulder" else one for one in world.network.people)
        world.app.assistant.take_network(replace(world.network, people=people))
        channel = await offer(world)
        await ann.reacts(channel.messages[0], "one", channel)
        await world.server.until(lambda: "Ligt nu bij Wendy Mulder" in shown(channel.messages[0]))
        await ann.takes_back(channel.messages[0], "one", channel)
        await world.server.until(lambda: "Ligt bij Sanne de Vries" in shown(channel.messages[0]))
        sanne = world.person("s-devries")
        said = len(sanne.heard())
        await sanne.says("wat is het nummer van <@U0ELDERS>?")

        assert (await sanne.answer(after=said)).startswith("Bel Wendy Mulder")

    played(story)


# Controls


def test_a_quickscan_goes_by_buttons_and_ticks_and_a_typed_number_works_as_well():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        assert "Is er nu gevaar" in await youssef.answer(1)
        await youssef.presses("Nee")
        await youssef.answer(2)
        await youssef.says("1")
        await youssef.answer(3)
        await youssef.ticks("3. Wapenbezit")
        assert len(youssef.heard()) == 3  # a tick by itself says nothing
        await youssef.presses("Verder")
        await youssef.answer(4)
        await youssef.says("4")
        await youssef.answer(5)
        await youssef.ticks("1. Foute vriendengroep")
        await youssef.presses("Verder")
        await youssef.answer(6)
        await youssef.says("vaak te laat")
        await youssef.answer(7)
        await youssef.presses("Verder")
        assert "Hoe vaak" in await youssef.answer(8)
        await youssef.presses("Eenmalig")
        await youssef.answer(9)
        while "Stap 5" in await youssef.answer():
            count = len(youssef.heard())
            await youssef.presses("Verder")
            await youssef.answer(count + 1)

        assert results(world)["phase"] == 3

    played(story)


async def fill_in(youssef):
    """The quickscan on its forms: the first with all that can be asked at once, then what protects."""
    await youssef.form()
    await youssef.fills_in("Nee", "Alleen op school", *TICKED, "Eenmalig")
    while (form := youssef.server.form_of(youssef.user)) is not None:
        pages = [block for block in form["blocks"] if block["type"] == "input"]
        await youssef.fills_in(*((page["block_id"], page["element"]["options"][0]["text"]["text"]) for page in pages))


async def go_through(youssef):
    """The same, question by question."""
    await youssef.says("quickscan")
    await youssef.answer(1)
    for said in ("nee", "1", "3", "4", "1", "2", "geen", "1"):
        count = len(youssef.heard())
        await youssef.says(said)
        await youssef.answer(count + 1)
    while "Stap 5" in await youssef.answer():
        count = len(youssef.heard())
        await youssef.says("1")
        await youssef.answer(count + 1)


def test_the_form_gives_the_result_that_the_questions_give():
    found = []

    async def by_form(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/quickscan")
        await fill_in(youssef)
        await youssef.answer()
        found.append(results(world))
        assert len(youssef.heard()) == 1  # the result, and no question of which the form had the answer

    async def by_questions(world):
        await go_through(world.person("y-amrani"))
        found.append(results(world))

    played(by_form)
    played(by_questions)

    assert found[0] == found[1]
    assert found[0]["phase"] == 3


def test_a_form_with_a_fault_comes_back_with_the_fault_at_its_field_and_nothing_is_kept():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.shortcut("quickscan")
        await youssef.form()
        faults = await youssef.fills_in("Nee", "Alleen op school", "Wapenbezit", ("grens", "Weet ik niet"))

        assert faults == {"grens": "Kruis vakjes aan, of alleen Weet ik niet."}
        assert world.app.store.connection.execute("SELECT count(*) FROM conversation").fetchone() == (0,)
        assert await youssef.fills_in("Nee", "Alleen op school", "Wapenbezit", "Eenmalig") is None

    played(story)


def test_danger_on_the_form_is_answered_with_112_and_nothing_is_kept():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/quickscan")
        await youssef.form()
        await youssef.fills_in("Ja", "Alleen op school")

        assert "112" in (await youssef.answer()).splitlines()[0]
        assert world.server.form_of(youssef.user) is None
        assert world.app.store.connection.execute("SELECT count(*) FROM conversation").fetchone() == (0,)

    played(story)


def test_a_form_that_opens_too_late_becomes_questions_in_the_chat():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.commands("/quickscan")

        assert "Is er nu gevaar" in await youssef.answer()

    played(story, trigger_seconds=0.0)


def test_from_the_first_question_the_form_can_be_opened_and_finishes_the_same_conversation():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        await youssef.answer()
        await youssef.presses("Als formulier")
        await youssef.form()
        await youssef.fills_in("Nee", "Alleen op school", ("grens", "Weet ik niet"))

        assert world.app.store.connection.execute("SELECT count(*), max(state) FROM conversation").fetchone() == (1, "open")

    played(story)


def test_a_reaction_with_a_number_chooses_the_option_with_that_number():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        await youssef.answer()
        await youssef.reacts(youssef.heard()[-1], "two")

        assert "Waar speelt" in await youssef.answer(2)

    played(story)


async def reacts_and_then_says(world, reply, reaction):
    """How many choices are heard after a reaction to this, when something is said after it."""
    youssef = world.person("y-amrani")
    with world.app.store.transaction():
        world.app.store.outbox.say("k", "dm:y-amrani", "y-amrani", world.clock(), reply, ("slack",))
    world.service.ring()
    await youssef.answer()
    await youssef.reacts(youssef.heard()[-1], reaction)
    await youssef.says("help")
    await youssef.answer(2)
    return world.app.store.connection.execute("SELECT count(*) FROM inbox").fetchone()[0] - 1


OPTIONS = (Option("topic:halt", "Halt"), Option("topic:leerplicht", "Leerplicht ✅"))


@pytest.mark.parametrize(("more", "reaction"), [({"multiple": True}, "two"), ({"numbered": False}, "two"), ({}, "three"), ({}, "eyes")])
def test_a_reaction_that_means_no_option_chooses_nothing(more, reaction):
    async def story(world):
        assert await reacts_and_then_says(world, Reply("choice", (Line("Welke?"),), OPTIONS, **more), reaction) == 0

    played(story)


def test_where_a_number_is_an_answer_the_sign_of_an_option_still_chooses_it():
    async def story(world):
        people = (Option("w-mulder", "Wendy Mulder"), Option("m-vos", "Marieke Vos ✅"))
        reply = Reply("choice", (Line("Welke?"),), people, numbered=False)
        youssef = world.person("y-amrani")
        with world.app.store.transaction():
            world.app.store.outbox.say("k", "dm:y-amrani", "y-amrani", world.clock(), reply, ("slack",))
        world.service.ring()
        await youssef.answer()
        await youssef.reacts(youssef.heard()[-1], "white_check_mark")

        assert "Bel Marieke Vos" in await youssef.answer(2)

    played(story)


def test_a_button_of_an_hour_ago_corrects_that_answer():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("quickscan")
        await youssef.answer()
        first = youssef.heard()[-1]
        await youssef.presses("Nee")
        await youssef.answer(2)
        await youssef.presses("Ja", first)

        assert "112" in (await youssef.answer(3)).splitlines()[0]

    played(story)


# What nobody may turn into something else


def test_no_name_text_or_import_becomes_a_mention_or_a_link():
    nasty = "<!channel> & <@U0TIM> <https://kwaad.example|Lindecollege> @here #algemeen *vet*"

    async def story(world):
        youssef = world.person("y-amrani")
        person = world.network.person_by_id["w-mulder"]
        people = tuple(replace(one, name=f"Wendy {nasty}") if one is person else one for one in world.network.people)
        world.app.assistant.take_network(replace(world.network, people=people))
        await youssef.says("wie is onze wijkagent")
        heard = await youssef.answer()

        assert f"Bel Wendy {nasty}, wijkagent" in heard
        assert controls(youssef.heard()[-1]) == []

    played(story)


def test_what_a_lock_screen_shows_says_nothing_of_a_case():
    async def story(world):
        youssef = world.person("y-amrani")
        await go_through(youssef)
        texts = [message["text"] for message in youssef.heard()]

        assert set(texts) == {"Verbinder heeft een vraag voor je.", "De uitkomst van je quickscan staat klaar."}

    played(story)


# Who is who


def test_an_account_that_nobody_knows_is_linked_by_the_address_that_slack_vouches_for_and_the_coordinators_yes():
    async def story(world):
        world.space.add_user("U0BART", "Bart S.", "b.smit@lindecollege.example")
        bart, jasper = Person(world.server, "U0BART"), world.person("j-schouten")
        await bart.says("wie is onze wijkagent")
        heard = await bart.answer(2)
        assert "Ben jij Bart Smit?" in heard
        assert not any("Wendy" in shown(message) for message in bart.heard())
        await bart.presses("Ja, dat ben ik")
        await jasper.answer()
        await jasper.presses("Ja, koppel")
        assert "Welkom, Bart Smit" in await bart.answer(4)
        await bart.says("wie is onze wijkagent")

        assert (await bart.answer(5)).startswith("Bel Wendy Mulder")
        assert "Gekoppeld door Jasper Schouten." in shown(jasper.heard()[-1])

    played(story)


def test_an_address_that_slack_has_not_verified_is_no_way_in():
    async def story(world):
        world.space.add_user("U0NEP", "Bart S.", "b.smit@lindecollege.example", confirmed=False)
        fake = Person(world.server, "U0NEP")
        await fake.says("hallo")

        assert "Vraag de coördinator om een code" in await fake.answer(2)

    played(story)


def test_a_code_that_the_coordinator_gave_links_an_account_once_the_coordinator_says_yes():
    async def story(world):
        world.space.add_user("U0BART", "Bart S.")
        bart, jasper = Person(world.server, "U0BART"), world.person("j-schouten")
        await jasper.says("code voor bart smit")
        given = (await jasper.answer()).split(" is ")[1][:9]
        await bart.says(f"code {given}")
        assert "De coördinator kijkt of het klopt." in await bart.answer()
        assert "Met de code die voor Bart Smit was." in await jasper.answer(2)
        await jasper.presses("Ja, koppel")
        assert "Welkom, Bart Smit" in await bart.answer(2)
        await bart.says("wie is onze wijkagent")

        assert (await bart.answer(3)).startswith("Bel Wendy Mulder")

    played(story)


def test_where_a_guest_reads_along_the_channel_gets_role_and_name_and_the_asker_the_number():
    async def story(world):
        world.space.add_user("U0GAST", "Gast", team="T0ELDERS")
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        channel.members.add("U0GAST")
        channel.shared_with.add("T0ELDERS")
        await sanne.says(f"<@{world.space.installed.bot_user}> wie is onze wijkagent", channel)
        await sanne.answer(1, channel)
        private = await sanne.answer()

        assert "06-55500112" not in shown(sanne.heard(channel)[0])
        assert "Wendy Mulder" in shown(sanne.heard(channel)[0])
        assert "06-55500112" in private

    played(story)


def test_after_a_reaction_in_a_channel_where_a_guest_reads_along_no_number_is_posted_there_either():
    async def story(world):
        world.space.add_user("U0GAST", "Gast", team="T0ELDERS")
        sanne, channel = world.person("s-devries"), world.channel("lindecollege-politie")
        channel.members.add("U0GAST")
        with world.app.store.transaction():
            reply = Reply("announcement", (Line("Welke?"),), OPTIONS)
            world.app.store.outbox.say("k1", "lindecollege-politie", None, world.clock(), reply, ("slack",))
        world.service.ring()
        await sanne.answer(1, channel)
        await sanne.reacts(channel.messages[-1], "one", channel)
        await sanne.answer(2, channel)
        with world.app.store.transaction():
            reply = Reply("announcement", (Line("Wendy Mulder: 06-55500112"),))
            world.app.store.outbox.say("k2", "lindecollege-politie", None, world.clock(), reply, ("slack",))
        world.service.ring()

        assert "06-55500112" not in await sanne.answer(3, channel)

    played(story)


# Pictures and files


def test_the_fasekaart_comes_as_a_picture_with_all_that_it_shows_in_words():
    async def story(world):
        youssef = world.person("y-amrani")
        for _ in range(2):
            await youssef.says("laat de fasekaart zien")
        await youssef.answer(2)
        (image,) = [block for block in youssef.heard()[-1]["blocks"] if block["type"] == "image"]

        assert world.space.files[image["slack_file"]["id"]]["content"].startswith(b"\x89PNG")
        assert "fase" in image["alt_text"].lower()
        assert len(world.space.files) == 1

    played(story)


@pytest.mark.parametrize(("slow", "pictures"), [(3, 1), (1000, 0)])
def test_a_picture_that_slack_is_not_ready_with_is_waited_for_and_the_words_come_in_any_case(slow, pictures):
    async def story(world):
        world.server.slow_files = slow
        youssef = world.person("y-amrani")
        await youssef.says("laat de fasekaart zien")
        await youssef.answer()

        assert sum(block["type"] == "image" for block in youssef.heard()[0]["blocks"]) == pictures
        assert world.server.refused["chat.postMessage", "invalid_blocks"] == min(slow, 4)

    played(story)


def test_the_agenda_comes_as_a_file():
    async def story(world):
        youssef = world.person("y-amrani")
        await youssef.says("stuur de agenda")
        await youssef.answer(2)
        (file,) = world.space.files.values()

        assert file["name"].endswith(".ics")
        assert file["content"].startswith(b"BEGIN:VCALENDAR")
        assert youssef.direct.messages[1]["files"][0]["name"] == file["name"]

    played(story)


def test_a_picture_that_somebody_sends_is_refused_and_never_fetched():
    async def story(world):
        youssef = world.person("y-amrani")
        file = {"id": "F0FOTO", "name": "foto.jpg", "mimetype": "image/jpeg", "url_private": "https://files.slack.com/files-pri/T0-F0/foto.jpg"}
        world.server.post(youssef.direct, youssef.user, {"text": "", "subtype": "file_share", "files": [file]})
        await youssef.answer()

        (refused,) = world.app.store.connection.execute("SELECT body ->> '$.kind' FROM outbox").fetchone()
        assert refused == "refusal"
        assert not any(method.startswith("files.") for method, _ in world.server.calls)

    played(story)
