"""A day of use on the terminal, on Slack and on Matrix, with the name of a pupil in every place where a name can stand: kept nowhere."""

import asyncio
import re
import signal
import sys
import tarfile
import time
from contextlib import closing
from pathlib import Path

import pytest
import yaml

from bot.store.file import Store
from knowledge.text import fold_all
from tests.both.driver import TwoTowns
from tests.command import verbinder
from tests.networks import day_and_night
from tests.running import environment, fetched, running, workspace
from tests.slack_talk import APP_TOKEN, BOT_TOKEN

NAME, SURNAME, PHONE, BSN, HANDLE = "Xaviëlla", "Krombezoeto", "0612349876", "123456782", "mila_x09"
PLANTED = (NAME, SURNAME, PHONE, BSN, HANDLE)
PUPIL = f"leerling {NAME} {SURNAME}"
TEXTS = (
    f"{PUPIL} spijbelt, wie bel ik", f"bel moeder op {PHONE}", f"bsn {BSN}", f"haar insta is {HANDLE}", f"mevrouw {SURNAME} belde",
    "quickscan", PUPIL, "stop", "overdracht", f"het gaat om {PUPIL}", "stop", f"er wordt nu gevochten, {PUPIL} heeft een mes",
    f"draag {PUPIL} over aan Wendy Mulder", f"wijkagent wie gaat over {NAME} {SURNAME}",
)  # fmt: skip
COMMANDS = ("status", "doctor", "audit", "backup kopie.tar.gz", "export -o n.yaml", "inzage s-devries", "agenda -o a.ics")
MOMENTS = 10
OF_NIO = ("nio.rooms.", "builtins.dict: 'leerling", "aiohttp.")
"""What rooms and people are called now is known as long as they are called so, and a sync that is being read is being read."""


async def on_slack(space):
    """A name in all that can be done there."""
    server, sanne, other = space.server, space.person("s-devries"), space.person("y-amrani")
    me, pair = f"<@{server.space.installed.bot_user}>", server.space.channels["C0LINDECOLLEGE"]
    for text in TEXTS:
        await sanne.says(text)
        await sanne.says(f"{me} {text}", pair)
        await sanne.says(text, pair)
    asked = await other.says("wie is onze wijkagent")
    await server.until(other.heard, 60)
    await other.corrects(asked, f"wie is de mentor van {PUPIL}")
    await other.says(f"en van {PUPIL}", thread=asked["ts"])
    await other.reacts(other.heard()[0], HANDLE)
    await other.throws_away(asked)
    for command in ("/wie", "/overdracht", "/quickscan", "/verbinder"):
        await sanne.commands(command, f"{PUPIL} {PHONE}")
    await sanne.shortcut("draag_over", await sanne.says(f"gezien: {PUPIL}", pair), pair)
    file = {"id": "F0X", "name": f"{SURNAME}.jpg", "title": NAME, "alt_txt": PUPIL, "mimetype": "image/jpeg", "url_private": f"https://x/{SURNAME}"}
    server.post(sanne.direct, sanne.user, {"text": PUPIL, "subtype": "file_share", "files": [file]})
    server.space.add_user("U0XAV", f"{NAME} {SURNAME}", f"{HANDLE}@x.example")
    pupil = type(sanne)(server, "U0XAV")
    await pupil.says(f"ik ben {NAME} {SURNAME}")
    await pupil.opens_home()
    pair.name = f"over-{SURNAME}".lower()
    await sanne.says(f"{me} wie is <@U0XAV>", pair)
    topic = {"type": "message", "subtype": "channel_topic", "topic": PUPIL, "text": PUPIL, "user": sanne.user, "ts": "1.1", "channel": pair.id}
    server.event(pair, topic | {"channel_type": pair.event_type})


async def on_matrix(town):
    """The same there; what the assistant said."""
    sanne, stranger = await town.human("s-devries"), await town.human("vreemde")
    chat = await sanne.open_chat(town.bot_id)
    for text in TEXTS:
        await sanne.say(chat, text)
    asked = await sanne.say(chat, "wie is onze wijkagent")
    found = await sanne.hears("Bel Wendy Mulder", room=chat)
    await sanne.edit(chat, asked, f"wie is de mentor van {PUPIL}")
    await sanne.reply_in_thread(chat, asked, f"en van {PUPIL}")
    await sanne.react(chat, found.event_id, NAME)
    await sanne.vote(chat, found.event_id, NAME)
    await sanne.send(chat, {"msgtype": "m.image", "body": PUPIL, "filename": f"{SURNAME}.jpg", "url": "mxc://localhost/x", "info": {"alt": NAME}})
    await sanne.client.room_put_state(chat, "m.room.name", {"name": PUPIL})
    await sanne.client.room_put_state(chat, "m.room.topic", {"topic": PUPIL})
    await sanne.client.set_displayname(f"{NAME} {SURNAME}")
    await sanne.send_locked_out(chat, PUPIL)
    await stranger.client.set_displayname(SURNAME)
    await stranger.client.room_create(name=PUPIL, invite=[town.bot_id])
    await sanne.say(chat, "wie is de leerplichtambtenaar")
    await sanne.hears("leerplichtambtenaar", room=chat)
    return [str(event.source) for _, event in sanne.heard if event.sender == town.bot_id]


def said_by_us(space):
    channels = space.server.space.channels.values()
    return [f"{one['text']} {one.get('blocks')}" for channel in channels for one in channel.messages if one.get("bot_id")]


def arguments_of(run):
    return Path(f"/proc/{run.process.pid}/cmdline").read_text(encoding="utf-8")


def held_by(run, words):
    """What the process holds of the words after it has forgotten what it can; what it is busy with just now it may finish first."""
    told = words.with_suffix(".held")
    for _ in range(MOMENTS):
        told.unlink(missing_ok=True)
        run.process.send_signal(signal.SIGUSR1)
        while not (told.exists() and told.read_text(encoding="utf-8").endswith("einde")):
            time.sleep(0.05)
        held = told.read_text(encoding="utf-8").splitlines()[:-1]
        if all(one.startswith(OF_NIO) for one in held):
            break
        time.sleep(1)
    return held


def written(folder):
    """All bytes beside the words themselves, those of the copy too."""
    with tarfile.open(folder / "kopie.tar.gz") as archive:
        copied = [archive.extractfile(one).read() for one in archive.getmembers() if one.isfile()]
    return b"".join([*copied, *(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.stem != "woorden")]).lower()


@pytest.mark.skipif(sys.platform != "linux", reason="it looks into the process")
def test_after_a_day_with_a_name_in_every_place_it_is_kept_nowhere_and_no_secret_is_shown(synapse, tmp_path, monkeypatch):
    words, town = tmp_path / "woorden", TwoTowns(synapse, tmp_path)
    words.write_text("\n".join({form for one in PLANTED for form in (one, one.lower(), fold_all(one))}), encoding="utf-8")
    settings, password, shown = tmp_path / "verbinder.yaml", f"wachtwoord-{town.bot_name}", []
    settings.write_text(yaml.safe_dump({"platforms": {"slack": {}, "matrix": town.section}}), encoding="utf-8")
    with closing(Store(town.database)) as store, store.transaction():
        store.save_network(day_and_night(town.network))

    async def story(space, run):
        run.line()
        page = re.search(r"http://127\.0\.0\.1:\d+", run.line())[0]
        await asyncio.to_thread(space.do, on_slack(space))
        shown.extend(await on_matrix(town))
        shown.extend([(await asyncio.to_thread(fetched, f"{page}/{what}"))[1] for what in ("health", "metrics")])
        shown.append(arguments_of(run))
        held = await asyncio.to_thread(held_by, run, words)
        for command in COMMANDS:
            done = await asyncio.to_thread(verbinder, *command.split(), "--database", town.database)
            shown.append(done.out + done.err)
        _, out, err, _ = await asyncio.to_thread(run.ends, signal.SIGTERM)
        await town.leave()
        shown.extend([*said_by_us(space), out, err, words.with_suffix(".log").read_text(encoding="utf-8")])
        return held

    with workspace() as space:
        env = environment(space) | {"VERBINDER_SETTINGS": str(settings), "VERBINDER_MATRIX_PASSWORD": password}
        for name in env.keys() - {"VERBINDER_MATRIX_PASSWORD"}:
            monkeypatch.setenv(name, env[name])
        monkeypatch.chdir(tmp_path)
        with running(town.database, env, "--monitor", "0", watched=words) as run:
            held = asyncio.run(story(space, run))
    done = [verbinder("chat", typed=f"{text}\n") for text in TEXTS]
    everything, stored = "\n".join([*shown, *(one.out + one.err for one in done)]).lower(), written(tmp_path)

    assert len(shown) > 50
    assert [one for one in PLANTED if one.lower() in everything or one.lower().encode() in stored] == []
    assert [one for one in (BOT_TOKEN, APP_TOKEN, password) if one in everything or one.encode() in stored] == []
    assert [one for one in held if not one.startswith(OF_NIO)] == []
