"""Connections that are alive and deaf: noticed, renewed, and nothing is lost."""

from contextlib import asynccontextmanager

from adapters.matrix.access import Patience
from tests.matrix.bot import play_offstage
from tests.matrix.test_staying import answers
from tests.synapse.people import text_of
from tests.synapse.proxy import line_to

SOON = Patience(sync=1, deaf=1, request=2, first=3)
QUESTIONS = {"wie is onze wijkagent": "Bel Wendy Mulder", "wie is de leerplichtambtenaar": "Marieke Vos", "wie is onze directeur": "Els Dekker"}


@asynccontextmanager
async def chatting(town, line):
    """Somebody whose first question has been answered over this line."""
    town.section["server"], town.patience = line.url, SOON
    youssef = await town.human("y-amrani")
    async with town.running():
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "wat is fase 2")
        await youssef.wait_for(lambda: any(text_of(event) for _, event in youssef.heard))
        yield youssef, chat


def test_a_connection_that_has_gone_deaf_is_left_for_a_new_one(synapse, tmp_path):
    async def story(town):
        async with line_to(synapse.port) as line, chatting(town, line) as (youssef, chat):
            line.go_deaf()
            for question, answer in QUESTIONS.items():
                await youssef.say(chat, question)
                await youssef.hears(answer, room=chat)

        assert [len(answers(youssef, answer)) for answer in QUESTIONS.values()] == [1, 1, 1]

    play_offstage(synapse, tmp_path, story)


def test_a_line_that_is_deaf_for_everybody_for_a_while_loses_nothing_and_doubles_nothing(synapse, tmp_path):
    async def story(town):
        async with line_to(synapse.port) as line, chatting(town, line) as (youssef, chat):
            line.go_deaf(for_all=True)
            for question in QUESTIONS:
                await youssef.say(chat, question)
            await line.tries(3)
            line.hear_again()
            for answer in QUESTIONS.values():
                await youssef.hears(answer, room=chat)
            await youssef.look(wait=1000)

        assert [len(answers(youssef, answer)) for answer in QUESTIONS.values()] == [1, 1, 1]
        assert town.received() == 4

    play_offstage(synapse, tmp_path, story)


def test_a_first_look_that_gets_no_answer_is_not_waited_for_for_ever(synapse, tmp_path):
    async def story(town):
        async with line_to(synapse.port) as line:
            town.section["server"], town.patience = line.url, SOON
            youssef = await town.human("y-amrani")
            async with town.running():
                chat = await youssef.open_chat(town.bot_id)
            await youssef.say(chat, "wie is onze wijkagent")
            line.deaf_at = b"full_state=true"
            async with town.running():
                await line.fell.wait()
                await youssef.hears("Bel Wendy Mulder", room=chat)

    play_offstage(synapse, tmp_path, story)


def test_a_homeserver_that_is_slower_than_we_are_patient_is_given_more_time(synapse, tmp_path):
    async def story(town):
        async with line_to(synapse.port) as line:
            town.section |= {"server": line.url, "leesbevestigingen": False}
            town.patience = Patience(sync=0.5, deaf=0.5)
            youssef = await town.human("y-amrani")
            async with town.running():
                chat = await youssef.open_chat(town.bot_id, encrypted=False)
                line.delay = 1.2
                await youssef.say(chat, "wie is onze wijkagent")
                await youssef.hears("Bel Wendy Mulder", room=chat)

            assert len(answers(youssef, "Bel Wendy Mulder")) == 1

    play_offstage(synapse, tmp_path, story)
