"""A person with a real client: encrypted, says things, taps things, and hears what comes."""

import asyncio
import json
from urllib.parse import quote
from uuid import uuid4

from nio import AsyncClient, AsyncClientConfig, Event, MegolmEvent, SyncResponse
from nio.store import SqliteMemoryStore

PATIENCE = 60
"""Seconds to wait for something that must come."""
ENOUGH = {"room": {"timeline": {"limit": 100}}}
"""More than comes between two looks: by itself a sync brings the last ten events of a room only."""


class Human:
    """Somebody on the homeserver."""

    def __init__(self, client):
        self.client, self.heard, self.counter = client, [], 0

    @classmethod
    async def arrive(cls, server, name, password=None):
        account = await asyncio.to_thread(server.register, name, password)
        config = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True, max_limit_exceeded=0)
        client = AsyncClient(server.url, account["user_id"], account["device_id"], config=config)
        client.restore_login(account["user_id"], account["device_id"], account["access_token"])
        human = cls(client)
        await human.look()
        return human

    @property
    def id(self):
        return self.client.user_id

    async def leave(self):
        await self.client.close()

    async def look(self, wait=0):
        """One sync, with all that a client does besides; what was said goes on the list."""
        client = self.client
        answer = await client.sync(timeout=wait, full_state=not client.next_batch, sync_filter=ENOUGH)
        if not isinstance(answer, SyncResponse):
            await asyncio.sleep(0.2)
            return
        await self.keep_keys()
        for room, info in answer.rooms.join.items():
            for event in info.timeline.events:
                if isinstance(event, Event) and event.sender != self.id:
                    self.heard.append((room, event))

    async def keep_keys(self):
        client = self.client
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        await client.send_to_device_messages()

    async def wait_for(self, seen, patience=PATIENCE):
        """Goes on looking until this is true; what it returned then."""
        until = asyncio.get_running_loop().time() + patience
        while not (found := seen()):
            if asyncio.get_running_loop().time() > until:
                raise AssertionError(f"{self.id} has waited {patience} s in vain; heard:\n{self.transcript()}")
            await self.look(wait=1000)
        return found

    def transcript(self):
        said = [f"{room} {event.sender}: {text_of(event)}" for room, event in self.heard if text_of(event)]
        return "\n".join(said[-20:])

    async def hears(self, *parts, room=None, after=0, kind=None):
        """The first event, from `after` on in what was heard, with all these words in it."""

        def found():
            for where, event in self.heard[after:]:
                text = text_of(event)
                if (room is None or where == room) and all(part in text for part in parts) and (kind is None or kind_of(event) == kind):
                    return event
            return None

        return await self.wait_for(found)

    async def hears_reaction(self, event, key):
        """The first reaction with this sign under an event."""

        def found():
            for _, heard in self.heard:
                relation = heard.source.get("content", {}).get("m.relates_to", {})
                if relation.get("event_id") == event and relation.get("key") == key:
                    return heard
            return None

        return await self.wait_for(found)

    def last(self, *parts):
        """Where in what was heard the last message with these words stands, counted from behind it."""
        return 1 + max(number for number, (_, event) in enumerate(self.heard) if all(part in text_of(event) for part in parts))

    # What somebody does

    async def send(self, room, content, kind="m.room.message"):
        answer = await self.client.room_send(room, kind, content, ignore_unverified_devices=True)
        if not hasattr(answer, "event_id"):
            raise AssertionError(f"{self.id} could not send: {answer}")
        return answer.event_id

    async def say(self, room, text, **more):
        return await self.send(room, {"msgtype": "m.text", "body": text, **more})

    async def reply_in_thread(self, room, root, text, *, last=None):
        """As clients do it: for those that know no threads it answers the last message of the thread."""
        before = {"m.in_reply_to": {"event_id": last or root}}
        return await self.say(room, text, **{"m.relates_to": {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, **before}})

    async def edit(self, room, event, text):
        new = {"msgtype": "m.text", "body": text}
        return await self.send(
            room, {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": event}}
        )

    async def react(self, room, event, key):
        return await self.send(room, {"m.relates_to": {"rel_type": "m.annotation", "event_id": event, "key": key}}, "m.reaction")

    async def take_back(self, room, event):
        return await self.client.room_redact(room, event)

    async def vote(self, room, poll, *answers, stable=False):
        name = "m.poll.response" if stable else "org.matrix.msc3381.poll.response"
        votes = {"m.selections": list(answers)} if stable else {name: {"answers": list(answers)}}
        return await self.send(room, {"m.relates_to": {"rel_type": "m.reference", "event_id": poll}, **votes}, name)

    async def open_chat(self, other, *, encrypted=True, invite=(), direct=True):
        """A direct chat, as a phone makes it; waits until the other is there."""
        state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}] if encrypted else []
        made = await self.client.room_create(is_direct=direct, invite=[other, *invite], initial_state=state)
        await self.wait_for(lambda: self.sees_in(made.room_id, other))
        await self.settle(made.room_id, other)
        return made.room_id

    def sees_in(self, room, other):
        """Whether somebody has come in, as far as this person knows."""
        found = self.client.rooms.get(room)
        return found is not None and other in found.users and other not in found.invited_users

    async def settle(self, room, other):
        """Knows the other's devices, so that what is said next can be read."""
        if self.client.rooms[room].encrypted:
            self.client.olm.users_for_key_query.add(other)
            await self.wait_for(lambda: self.client.device_store.active_user_devices(other) and any(self.client.device_store.active_user_devices(other)))

    async def send_locked_out(self, room, text):
        """Says something with a key that nobody else gets."""
        sessions = self.client.olm.outbound_group_sessions
        if getattr(self, "locked_session", None) is None:
            self.client.olm.create_outbound_group_session(room)
            self.locked_session = sessions[room]
            self.locked_session.shared = True
        sessions[room] = self.locked_session
        kind, content = self.client.encrypt(room, "m.room.message", {"msgtype": "m.text", "body": text})
        del sessions[room]
        path = f"/_matrix/client/v3/rooms/{quote(room)}/send/{kind}/{uuid4()}"  # `room_send` would lock it once more
        answer = await self.client.send("PUT", path, json.dumps(content), {"Authorization": f"Bearer {self.client.access_token}"})
        assert answer.status == 200

    async def join_when_asked(self):
        """Goes into the first room into which somebody is asked."""
        await self.wait_for(lambda: self.client.invited_rooms)
        room = next(iter(self.client.invited_rooms))
        await self.client.join(room)
        await self.wait_for(lambda: room in self.client.rooms)
        return room

    async def join(self, room):
        await self.wait_for(lambda: room in self.client.invited_rooms or room in self.client.rooms)
        await self.client.join(room)
        await self.wait_for(lambda: room in self.client.rooms)


def kind_of(event):
    return event.source.get("type")


def text_of(event):
    """What a client shows of an event: of an edit its new text, of a poll its question and answers."""
    if isinstance(event, MegolmEvent):
        return "(niet te lezen)"
    content = event.source.get("content", {})
    content = content.get("m.new_content", content)
    poll = content.get("org.matrix.msc3381.poll.start")
    return content.get("org.matrix.msc1767.text", content.get("body", "")) if poll else str(content.get("body", ""))


def options_of(event):
    """The answers of a poll: their ids by their words."""
    answers = event.source["content"]["org.matrix.msc3381.poll.start"]["answers"]
    return {answer["org.matrix.msc1767.text"]: answer["id"] for answer in answers}
