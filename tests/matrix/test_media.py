"""Pictures and files, as a client gets them: fetched, unlocked, and the same byte by byte."""

from nio.crypto.attachments import decrypt_attachment

from bot.picture.named import picture_png
from tests.matrix.bot import play


async def fetched(human, content):
    """What a client has after fetching an event's file, and unlocking it when it is locked."""
    locked = content.get("file")
    answer = await human.client.download(locked["url"] if locked else content["url"])
    return decrypt_attachment(answer.body, locked["key"]["k"], locked["hashes"]["sha256"], locked["iv"]) if locked else answer.body


def carried(human, kind):
    return next((event for _, event in human.heard if event.source.get("content", {}).get("msgtype") == kind), None)


def test_the_picture_of_the_card_arrives_locked_with_its_words_and_is_what_we_drew(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        chat = await youssef.open_chat(town.bot_id)
        await youssef.say(chat, "laat de fasekaart zien")

        event = await youssef.wait_for(lambda: carried(youssef, "m.image"))

        content = event.source["content"]
        drawn = picture_png("fasekaart", town.app.assistant.world.library)
        assert event.decrypted
        assert "url" not in content
        assert content["file"]["v"] == "v2"
        assert await fetched(youssef, content) == drawn
        assert content["info"] == {"mimetype": "image/png", "size": len(drawn), "w": content["info"]["w"], "h": content["info"]["h"]}
        assert content["body"].startswith("Plaatje van de fasekaart: drie fasen")
        assert content["filename"] == "fasekaart.png"
        locked = await youssef.client.download(content["file"]["url"])
        assert locked.body[:4] != drawn[:4]  # nobody at the homeserver can look at it

    play(synapse, tmp_path, story)


def test_the_agenda_comes_as_a_file_that_a_calendar_can_read(synapse, tmp_path):
    async def story(town):
        youssef = await town.human("y-amrani")
        for encrypted in (True, False):
            chat = await youssef.open_chat(town.bot_id, encrypted=encrypted)
            youssef.heard.clear()
            await youssef.say(chat, "stuur de agenda als bestand")

            event = await youssef.wait_for(lambda: carried(youssef, "m.file"))

            content = event.source["content"]
            text = (await fetched(youssef, content)).decode()
            assert content["filename"].endswith(".ics")
            assert content["info"] == {"mimetype": "text/calendar", "size": len(text.encode())}
            assert ("file" in content, "url" in content) == (encrypted, not encrypted)
            assert text.startswith("BEGIN:VCALENDAR")
            assert "BEGIN:VEVENT" in text

    play(synapse, tmp_path, story)
