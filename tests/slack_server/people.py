"""What people do in Slack: say, correct, press, tick, fill in a form, react, open the home. Each can only do what the app shows them."""

from __future__ import annotations

import asyncio
import copy
from typing import TYPE_CHECKING

from tests.slack_server.text import shown

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer
    from tests.slack_server.workspace import Channel, Json


class Person:
    """Somebody with Slack open."""

    def __init__(self, server: SlackServer, user: str) -> None:
        self.server, self.space, self.user = server, server.space, user
        self._state: dict[str, Json] = {}

    @property
    def direct(self) -> Channel:
        """Their direct chat with the app."""
        return self.space.direct_channel(self.user)

    def heard(self, channel: Channel | None = None) -> list[Json]:
        """What the app has said there, oldest first."""
        return [one for one in (channel or self.direct).messages if one.get("bot_id")]

    async def says(self, text: str, channel: Channel | None = None, thread: str | None = None, **more: str) -> Json:
        assert self.user in (channel or self.direct).members, "nobody says anything in a channel in which they are not"
        content = {"text": text.replace("&", "&amp;")}
        found = self.server.post(channel or self.direct, self.user, content, thread=thread, **more)
        await self.server.notify()
        return found

    async def corrects(self, message: Json, text: str, channel: Channel | None = None) -> None:
        before = copy.deepcopy(message)
        message |= {"text": text, "blocks": self.server.payloads.typed(text), "edited": {"user": self.user, "ts": self.space.next_ts()}}
        self.server.changed(channel or self.direct, message, before)

    async def throws_away(self, message: Json, channel: Channel | None = None) -> None:
        where = channel or self.direct
        where.messages.remove(message)
        self.server.deleted(where, message)

    async def reacts(self, message: Json, name: str, channel: Channel | None = None) -> None:
        assert self.server.react(channel or self.direct, message, name, self.user)

    async def takes_back(self, message: Json, name: str, channel: Channel | None = None) -> None:
        assert self.server.unreact(channel or self.direct, message, name, self.user)

    async def answer(self, count: int = 1, channel: Channel | None = None, after: int = 0) -> str:
        """Waits until the app has said so many things since `after`, and reads the last."""
        await self.server.until(lambda: len(self.heard(channel)) >= after + count)
        return shown(self.heard(channel)[-1])

    # Controls

    async def presses(self, label: str, message: Json | None = None, channel: Channel | None = None) -> Json | None:
        """The button with this label (or that begins so), or the option of a menu."""
        message = message or self.heard(channel)[-1]
        for block, element in elements(message.get("blocks", [])):
            if element["type"] == "button" and element["text"]["text"].startswith(label):
                used = {key: element[key] for key in ("type", "action_id", "text", "value", "style") if key in element}
                return await self._used(block, used, message, channel)
            for option in options_of(element) if element["type"] == "static_select" else []:
                if option["text"]["text"].startswith(label):
                    used = {"type": "static_select", "action_id": element["action_id"], "selected_option": option,
                            "placeholder": element.get("placeholder")}  # fmt: skip
                    return await self._used(block, used, message, channel)
        raise AssertionError(f"no control {label!r} in {labels(message.get('blocks', []))}")

    async def ticks(self, *wanted: str, message: Json | None = None, channel: Channel | None = None) -> None:
        """Boxes; each tick tells the app, as Slack does."""
        message = message or self.heard(channel)[-1]
        for label in wanted:
            block, element, option = box(message["blocks"], label)
            chosen = self._chosen(message, block, element)
            chosen.append(option)
            used = {"type": "checkboxes", "action_id": element["action_id"], "selected_options": list(chosen)}
            await self._used(block, used, message, channel)

    def _chosen(self, message: Json, block: Json, element: Json) -> list[Json]:
        state = self._before(message)
        found: list[Json] = state[block["block_id"]][element["action_id"]]["selected_options"]
        return found

    def _before(self, message: Json) -> Json:
        """What is ticked in a message: what was touched stays, also when the message changes, as long as its block is there."""
        known = self._state.get(message["ts"], {})
        now = state_of(message["blocks"])
        self._state[message["ts"]] = {block: known.get(block, fields) for block, fields in now.items()}
        return self._state[message["ts"]]

    async def _used(self, block: Json, element: Json, message: Json, channel: Channel | None) -> Json | None:
        assert self.space.installed.interactivity, "interactivity is off"
        state = self._before(message)
        payload = self.server.payloads.block_action(self.user, block, element, channel or self.direct, message, state)
        return await self.server.deliver("interactive", payload)

    async def on_home(self, label: str) -> Json | None:
        view = self.space.homes[self.user]
        for block, element in elements(view["blocks"]):
            if element["type"] == "button" and element["text"]["text"].startswith(label):
                used = {key: element[key] for key in ("type", "action_id", "text", "value", "style") if key in element}
                return await self.server.deliver("interactive", self.server.payloads.view_action(self.user, block, used, view, {}))
        raise AssertionError(f"no control {label!r} in {labels(view['blocks'])}")

    # Commands, shortcuts, home

    async def commands(self, command: str, text: str = "", channel: Channel | None = None) -> Json | None:
        assert command in self.space.installed.commands, "Slack does not know this command"
        assert self.user in (channel or self.direct).members, "nobody types in a channel in which they are not"
        payload = self.server.payloads.command(self.user, channel or self.direct, command, text)
        return await self.server.deliver("slash_commands", payload)

    async def shortcut(self, callback: str, message: Json | None = None, channel: Channel | None = None) -> Json | None:
        kind = self.space.installed.shortcuts[callback]
        if message is None:
            assert kind == "global"
            return await self.server.deliver("interactive", self.server.payloads.shortcut(self.user, callback))
        assert kind == "message"
        payload = self.server.payloads.message_shortcut(self.user, callback, channel or self.direct, message)
        return await self.server.deliver("interactive", payload)

    async def opens_home(self) -> None:
        self.server.event(None, self.server.payloads.home_opened(self.user))

    # Forms

    async def form(self) -> Json:
        """The form that is open before them; waits for it."""
        found: Json = await self.server.until(lambda: self.server.form_of(self.user))
        return found

    async def fills_in(self, *ticked: str | tuple[str, str], **typed: str) -> Json | None:
        """Ticks boxes (and picks radio buttons) by label, or by block and label; types by block id; submits.

        Returns the field errors, if any.
        """
        view = await self.form()
        state = state_of(view["blocks"])
        for one in ticked:
            within, label = one if isinstance(one, tuple) else (None, one)
            block, element, option = box([part for part in view["blocks"] if within in {None, part.get("block_id")}], label)
            field = state[block["block_id"]][element["action_id"]]
            if element["type"] == "checkboxes":
                field["selected_options"].append(option)
            else:
                field["selected_option"] = option
        for block_id, text in typed.items():
            (field,) = state[block_id].values()
            field["value"] = text
        return await self._submits(view, state)

    async def _submits(self, view: Json, state: Json) -> Json | None:
        missing = {
            block["block_id"]: "Please complete this required field." for block in view["blocks"]
            if block["type"] == "input" and not block.get("optional") and not any(_filled(one) for one in state[block["block_id"]].values())
        }  # fmt: skip
        if missing:  # Slack itself does not let it through
            return missing
        answer = await self.server.deliver("interactive", self.server.payloads.view_submission(self.user, view, state))
        action = (answer or {}).get("response_action")
        if action == "errors":
            assert answer is not None
            fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
            assert answer["errors"]
            assert set(answer["errors"]) <= fields, "errors must name input fields"
            return dict(answer["errors"])
        if action == "update":
            assert answer is not None
            self.server.change_form(view, answer["view"])
            return None
        assert action in {None, "clear"}, answer
        self.server.close_form(self.user)
        return None


def elements(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Every control with the block that it stands in."""
    found = []
    for block in blocks:
        parts = block.get("elements", []) if block["type"] == "actions" else [block.get("element") or block.get("accessory")]
        found += [(block, part) for part in parts if part and "action_id" in part]
    return found


def options_of(element: Json) -> list[Json]:
    return element.get("options") or [option for group in element.get("option_groups", []) for option in group["options"]]


def labels(blocks: list[Json]) -> list[str]:
    """What can be pressed or ticked."""
    found = []
    for _, element in elements(blocks):
        found += [element["text"]["text"]] if "text" in element else [option["text"]["text"] for option in options_of(element)]
    return found


def box(blocks: list[Json], label: str) -> tuple[Json, Json, Json]:
    for block, element in elements(blocks):
        for option in options_of(element):
            if option["text"]["text"].startswith(label):
                return block, element, option
    raise AssertionError(f"no box {label!r} in {labels(blocks)}")


def state_of(blocks: list[Json]) -> Json:
    """What Slack says is chosen before anybody has touched it."""
    state: Json = {}
    for block, element in elements(blocks):
        empty: Json = {"type": element["type"]}
        if element["type"] == "checkboxes":
            empty["selected_options"] = list(element.get("initial_options", []))
        elif element["type"] in {"radio_buttons", "static_select"}:
            empty["selected_option"] = element.get("initial_option")
        elif element["type"] == "plain_text_input":
            empty["value"] = element.get("initial_value")
        else:
            continue
        state.setdefault(block["block_id"], {})[element["action_id"]] = empty
    return state


def _filled(field: Json) -> bool:
    return bool(field.get("selected_options") or field.get("selected_option") or field.get("value"))


async def settle() -> None:
    """Gives everything that is ready to run a turn."""
    for _ in range(5):
        await asyncio.sleep(0)
