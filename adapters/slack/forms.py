"""The quickscan as a form: one question a block, boxes in groups; what is wrong goes back with the acknowledgement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.port import ShutOut, TryLater
from adapters.slack import limits
from adapters.slack.call import No, call
from adapters.slack.controls import plain
from adapters.slack.directory import PLATFORM
from adapters.slack.limits import cut
from bot.deliver import Unsure
from bot.messages import Filled, Said, direct
from bot.talk.flow import NOT_SURE
from bot.talk.forms import faults_in, form_for

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.app import App
    from bot.messages import Inbound
    from bot.talk.flow import Page
    from bot.talk.forms import Form

Block = dict[str, Any]
CALLBACK = "formulier"


class Forms:
    """Opens forms, and takes in what was filled in."""

    def __init__(
        self, app: App, client: AsyncWebClient, receive: Callable[[Inbound], Awaitable[None]], clock: Callable[[], datetime],
        home: str,
    ) -> None:  # fmt: skip
        self._app, self._client, self._receive, self._clock, self._home = app, client, receive, clock, home

    async def open(self, trigger: str, sender: str, flow: str = "quickscan", about: str | None = None) -> None:
        """Opens the form while its trigger lives; where that cannot be, the questions come one by one in the direct chat.

        `about`: the place in which it was asked for.
        """
        form = form_for(self._app.steps(sender, direct(sender), self._clock(), about), flow)
        if form is not None:
            try:
                await call(self._client, "views.open", trigger_id=trigger, view=self.view(form, about))
            except (No, ShutOut, TryLater, Unsure):  # too late, or used before
                form = None
        if form is None:
            key = f"{PLATFORM}/{self._home}/formulier/{trigger}"
            await self._receive(Said(key, self._clock(), sender, direct(sender), flow, platform=PLATFORM, about=about))

    async def submitted(self, body: dict[str, Any], sender: str) -> dict[str, Any] | None:
        """What goes back with the acknowledgement: field errors, the next form, or nothing: then the form closes."""
        view = body["view"]
        kept = json.loads(view["private_metadata"])
        answers = _answers(view["state"]["values"])
        key = f"{PLATFORM}/{self._home}/formulier/{view['id']}/{view['hash']}"
        now = self._clock()
        filled = Filled(key, now, sender, direct(sender), kept["f"], kept["r"], answers, platform=PLATFORM, about=kept.get("a"))
        steps = self._app.steps(sender, direct(sender), now, kept.get("a"))
        faults = faults_in(filled, tuple(kept["p"]), steps)
        if faults:
            return {"response_action": "errors", "errors": faults}
        await self._receive(filled)
        following = form_for(steps, kept["f"])
        if following is None or not following.reference:
            return None
        return {"response_action": "update", "view": self.view(following, kept.get("a"))}

    def view(self, form: Form, about: str | None = None) -> Block:
        """The form as Slack shows it. What it is about stands in it as ids; no answers."""
        say = self._app.words.say
        kept = {"f": form.flow, "r": form.reference, "p": [page.step for page in form.pages], "a": about}
        blocks: list[Block] = [{"type": "context", "elements": [plain(say("formulier.uitleg"))]}]
        blocks += [block for page in form.pages for block in self._asked(page, optional=page.step in form.optional)]
        return {
            "type": "modal", "callback_id": CALLBACK, "private_metadata": json.dumps(kept, separators=(",", ":")),
            "title": plain(cut(say(f"formulier.{form.flow}"), limits.VIEW_TITLE)),
            "submit": plain(cut(say("gesprek.verder"), limits.VIEW_TITLE)),
            "close": plain(cut(say("formulier.sluiten"), limits.VIEW_TITLE)), "blocks": blocks,
        }  # fmt: skip

    def _asked(self, page: Page, *, optional: bool) -> list[Block]:
        """A page as one block, or several when it has more boxes than a group takes."""
        options = [(option.id, option.label) for option in page.options]
        if page.may_doubt:
            options.append((NOT_SURE, self._app.words.say("formulier.weet-niet")))
        groups = [options[start : start + limits.BOXES] for start in range(0, len(options), limits.BOXES)]
        if not page.multiple and len(groups) > 1:
            return [_input(page, options, "static_select", 0, optional=optional)]
        kind = "checkboxes" if page.multiple else "radio_buttons"
        return [_input(page, group, kind, number, optional=optional) for number, group in enumerate(groups)]


def _input(page: Page, options: list[tuple[str, str]], kind: str, number: int, *, optional: bool) -> Block:
    block_id = page.step if number == 0 else f"{page.step}#{number}"
    label = next((line.text for line in page.lines if line.style == "headline"), page.name)
    made = [{"text": plain(cut(label, limits.OPTION_TEXT)), "value": option} for option, label in options]
    element: Block = {"type": kind, "action_id": "antwoord", **_listed(made)}
    return {
        "type": "input", "block_id": cut(block_id, limits.IDENTIFIER), "optional": optional,
        "label": plain(cut(label, limits.LABEL)), "element": element,
    }  # fmt: skip


def _listed(options: list[Block]) -> Block:
    """The options, in groups with their numbers where a menu takes no more at once."""
    if len(options) <= limits.MENU:
        return {"options": options}
    parts = [(start + 1, options[start : start + limits.MENU]) for start in range(0, len(options), limits.MENU)]
    return {
        "option_groups": [{"label": plain(f"{first}–{first + len(part) - 1}"), "options": part} for first, part in parts]
    }


def _answers(values: dict[str, dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What was chosen, by page."""
    found: dict[str, tuple[str, ...]] = {}
    for block_id, fields in values.items():
        step = block_id.partition("#")[0]
        for field in fields.values():
            one = field.get("selected_option")
            chosen = [one] if one else field.get("selected_options") or []
            found[step] = (*found.get(step, ()), *(option["value"] for option in chosen))
    return found
