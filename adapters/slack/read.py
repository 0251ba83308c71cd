"""What Slack delivers, as the core hears it. Pure functions of a payload; None for what is not for the assistant.

The id of a message is its workspace, channel, thread, and what the client called it, so that retries, a second socket and the
twin of a mention are the same message; of a control or a reaction it is where that stands, the moment, and whose it is; of a form
the view and its hash.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from adapters.slack import controls
from adapters.slack.directory import PLATFORM
from adapters.slack.text import mentions, typed
from bot.messages import Chose, Said, Undid, Withdrew, direct

if TYPE_CHECKING:
    from adapters.slack.directory import Directory
    from bot.messages import Envelope, Reply

Payload = dict[str, Any]
SPOKEN = frozenset({None, "file_share", "me_message", "thread_broadcast"})
"""Kinds of messages that somebody said. All others, also those that Slack has not thought of yet, are news of a channel."""
BARE_NUMBER = re.compile(r"\s*\d{1,2}[.)]?\s*\Z")
"""Said in a thread right after we offered a list there, it is meant for us."""
SLACKBOT = "USLACKBOT"

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "keycap_ten": 10}
SIGNS = {
    "white_check_mark": "✅", "heavy_check_mark": "✅", "repeat": "🔁", "question": "❓", "x": "❌", "eyes": "👀", "+1": "👍",
    "arrow_right": "➡️",
}  # fmt: skip
"""Reactions that can choose: a number is the option with that number, a sign the option whose label bears it."""


@dataclass(frozen=True)
class Where:
    """A channel, and whether it is a direct chat with us."""

    channel: str
    direct: bool


@dataclass(frozen=True)
class Reader:
    """Reads payloads; `me` is the app's own user."""

    directory: Directory
    me: str

    # What somebody says

    def message(self, event: Payload) -> Said | Withdrew | None:
        """A message, in a direct chat or a channel, or the correction of one, or that it was taken away."""
        subtype = event.get("subtype")
        if subtype == "message_deleted" or event.get("message", {}).get("subtype") == "tombstone":
            return self._taken_away(event)
        if subtype == "message_changed":
            return self._correction(event)
        if subtype not in SPOKEN or self._is_ours(event) or event.get("user") in {None, SLACKBOT}:
            return None
        return self._said(event, Where(event["channel"], event.get("channel_type") == "im"), event["ts"])

    def _said(self, event: Payload, where: Where, ts: str, edits: str | None = None) -> Said | None:
        key = f"{edits}/{ts}" if edits else self.message_id(event, where.channel)
        team = event.get("user_team") or event.get("team") or event.get("source_team")
        sender = self.directory.sender(event["user"], team)
        text = event.get("text") or ""
        thread = event.get("thread_ts")
        own_thread = bool(thread) and event.get("parent_user_id") == self.me
        addressed = where.direct or own_thread or mentions(text, self.me)
        place = direct(sender) if where.direct else self.directory.place(where.channel)
        if place is None:  # a channel of nobody's: whoever calls us there is answered in private
            if not addressed:
                return None
            place = direct(sender)
        read = typed(text, self.directory.name_of, self.me)
        root = self.directory.message(f"{where.channel}/{thread}") if own_thread else None
        answered = root or (self._offered_in(place, sender, where.channel, thread) if thread and BARE_NUMBER.match(read) else None)
        return Said(
            key, moment(ts), sender, place, read, platform=PLATFORM, edits=edits, addressed=addressed or answered is not None,
            thread=thread, attachments=len(event.get("files") or ()), answers=answered.message if answered else None,
        )  # fmt: skip

    def _offered_in(self, place: str, sender: str, channel: str, thread: str) -> Envelope | None:
        """What we last answered this person, if that was in this thread and left something to choose from."""
        last = self.directory.last_said_to(place, sender)
        return last if last and last.reply.options and thread_of(last.key, channel) == thread else None

    def _correction(self, event: Payload) -> Said | None:
        """What somebody changed in a message of theirs; our own edits, and links that get a preview, are none."""
        now, before = event.get("message", {}), event.get("previous_message", {})
        if self._is_ours(now) or not now.get("user") or now.get("text") == before.get("text") or "edited" not in now:
            return None
        where = Where(event["channel"], event.get("channel_type") == "im")
        return self._said(now, where, now["edited"]["ts"], self.message_id(now, where.channel))

    def _taken_away(self, event: Payload) -> Withdrew | None:
        """A message that its writer took away: of one with answers in its thread a stone stays. Slack does not tell who did it."""
        before = event.get("previous_message", {})
        if self._is_ours(before) or not before.get("user"):
            return None
        channel = event["channel"]
        sender = self.directory.sender(before["user"], before.get("user_team") or before.get("team"))
        place = direct(sender) if event.get("channel_type") == "im" else self.directory.place(channel)
        key = f"{PLATFORM}/{self.directory.home}/weg/{channel}/{before['ts']}"
        earlier = self.message_id(before, channel)
        return Withdrew(key, moment(event["event_ts"]), sender, place or direct(sender), earlier, platform=PLATFORM)

    def message_id(self, event: Payload, channel: str) -> str:
        """What a message came in by; the first of a thread is no part of it."""
        thread, own = event.get("thread_ts") or "-", event.get("client_msg_id") or event["ts"]
        thread = "-" if thread == event["ts"] else thread
        return f"{PLATFORM}/{self.directory.home}/{channel}/{thread}/{own}"

    def _is_ours(self, event: Payload) -> bool:
        return event.get("user") == self.me or bool(event.get("bot_id"))

    # Commands and shortcuts: answered in the direct chat, about the place in which they were used

    def command(self, body: Payload, text: str, now: datetime) -> Said:
        sender = self.directory.sender(body["user_id"], body.get("team_id"))
        key = f"{PLATFORM}/{self.directory.home}/opdracht/{body['trigger_id']}"
        return Said(key, now, sender, direct(sender), text, platform=PLATFORM, about=self.used_in(body))

    def shortcut(self, body: Payload, text: str) -> Said:
        sender = self.user(body)
        key = f"{PLATFORM}/{self.directory.home}/snel/{body['action_ts']}/{body['user']['id']}"
        return Said(key, moment(body["action_ts"]), sender, direct(sender), text, platform=PLATFORM, about=self.used_in(body))

    def used_in(self, body: Payload) -> str | None:
        """The place in which a command, a shortcut or a control was used; None for a direct chat, the home or a strange channel."""
        channel = body.get("channel_id") or body.get("channel", {}).get("id")
        return self.directory.place(channel) if channel else None

    def user(self, body: Payload) -> str:
        """Who did it, by the workspace they belong to."""
        return self.directory.sender(body["user"]["id"], body["user"].get("team_id"))

    # Controls

    def chose(self, body: Payload) -> Chose | None:
        """A control of a message or of the home. A tick by itself chooses nothing yet."""
        action = body["actions"][0]
        kind, _, _ = action["action_id"].partition(":")
        options: tuple[str, ...]
        if kind == controls.PICK and action["type"] == "static_select":
            message, options = int(action["action_id"].rsplit(":", 1)[1]), (action["selected_option"]["value"],)
        elif kind == controls.PICK:
            carried = json.loads(action["value"])
            message, options = carried["m"], (carried["o"],)
        elif kind == controls.GO:
            carried = json.loads(action["value"])
            offered = self.directory.offered(carried["m"])
            elsewhere = controls.ticked_elsewhere(offered, carried) if offered else ()
            message, options = carried["m"], tuple(dict.fromkeys((*ticked(body), *elsewhere)))
        else:
            return None
        sender = self.user(body)
        stands = body.get("message", {})
        key = self._act("knop", body.get("channel", {}).get("id"), stands, f"{action['action_ts']}-{body['user']['id']}")
        place = self._where(body, sender, message)
        return Chose(key, moment(action["action_ts"]), sender, place, message, options, platform=PLATFORM)

    def begun(self, body: Payload) -> Said:
        """A button that stands for words: said in the direct chat."""
        action = body["actions"][0]
        sender = self.user(body)
        key = f"{PLATFORM}/{self.directory.home}/begin/{action['action_ts']}/{body['user']['id']}"
        return Said(key, moment(action["action_ts"]), sender, direct(sender), action["value"], platform=PLATFORM)

    def reaction(self, event: Payload) -> Chose | None:
        """A reaction to one of our messages that means one of its options."""
        item = event.get("item", {})
        if item.get("type") != "message" or event.get("item_user") != self.me or event.get("user") == self.me:
            return None
        found = self.directory.message(f"{item['channel']}/{item['ts']}")
        option = _option(event["reaction"].partition("::")[0], found.reply) if found else None
        if found is None or option is None:
            return None
        stands = {"ts": item["ts"], "thread_ts": thread_of(found.key, item["channel"])}
        key = self._act("reactie", item["channel"], stands, f"{event['event_ts']}-{event['user']}")
        sender = self.directory.sender(event["user"], event.get("user_team"))
        return Chose(key, moment(event["event_ts"]), sender, found.place, found.message, (option,), platform=PLATFORM)

    def taken_back(self, event: Payload) -> Undid | None:
        """A reaction that was taken away: what it had chosen then, though the message may offer something else by now."""
        known = self.directory.tapped(tap_of(event)) if event.get("item", {}).get("type") == "message" else None
        place = self.directory.place_of(known[0]) if known else None
        if known is None or place is None:
            return None
        key = f"{PLATFORM}/{self.directory.home}/reactie/{event['event_ts']}/{event['user']}"
        sender = self.directory.sender(event["user"], event.get("user_team"))
        return Undid(key, moment(event["event_ts"]), sender, place, known[0], (known[1],), platform=PLATFORM)

    def _act(self, what: str, channel: str | None, stands: Payload, own: str) -> str:
        """What something that is done with a message of ours came in by: what it causes goes where that message stands."""
        thread = stands.get("thread_ts") or "-"
        thread = "-" if thread == stands.get("ts") else thread
        return f"{PLATFORM}/{self.directory.home}/{channel or '-'}/{thread}/{what}-{own}"

    def _where(self, body: Payload, sender: str, message: int) -> str:
        channel = body.get("channel", {}).get("id")
        if channel is None:  # on the home: where the message itself stands
            return self.directory.place_of(message) or direct(sender)
        return self.directory.place(channel) or direct(sender)


def thread_of(key: str, channel: str) -> str | None:
    """What is caused in a thread goes into it: that stands in the id of what caused it, with which the key of a message begins."""
    platform, _, rest = key.partition("/")
    parts = rest.split("/")
    if platform != PLATFORM or len(parts) < 4 or parts[1] != channel or parts[2] == "-":
        return None
    return parts[2]


def tap_of(event: Payload) -> str:
    """Which reaction of whom to which message."""
    item = event["item"]
    return f"{item['channel']}/{item['ts']}/{event['user']}/{event['reaction']}"


def _option(name: str, reply: Reply) -> str | None:
    """The option that a reaction means; none where it would be the whole answer of several, or where a number is no option."""
    number, sign = NUMBERS.get(name), SIGNS.get(name)
    if reply.multiple:
        return None
    if number is not None:
        return reply.options[number - 1].id if reply.numbered and number <= len(reply.options) else None
    return next((option.id for option in reply.options if sign and sign in option.label), None)


def ticked(body: Payload) -> tuple[str, ...]:
    """All boxes that are ticked in the message, over its groups; those of its first state when nobody touched them."""
    chosen: list[str] = []
    for fields in body.get("state", {}).get("values", {}).values():
        for action_id, field in fields.items():
            if action_id.startswith(f"{controls.TICK}:"):
                chosen += [option["value"] for option in field.get("selected_options") or []]
    return tuple(dict.fromkeys(chosen))


def moment(ts: str) -> datetime:
    """Slack's time as an aware moment."""
    seconds, _, micro = ts.partition(".")
    return datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int((micro or "0").ljust(6, "0")[:6]))
