"""The home tab: what somebody has open, what comes, whom they need, and where they can begin. Drawn anew when it changes."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from adapters.port import ShutOut, TryLater
from adapters.slack.call import No, call
from adapters.slack.controls import FORM, Block, options_as_blocks, plain
from adapters.slack.layout import lines_as_blocks
from bot.deliver import Unsure
from bot.home import home_of, note_home
from bot.messages import direct

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from adapters.slack.directory import Directory
    from bot.app import App
    from bot.home import Home
    from bot.messages import Line

BEGIN = "begin"
"""What a button of the home does: say the words that stand behind it, as if they were typed in the direct chat."""

TRIES, LONGEST = 3, 60.0
"""How often a home is tried, and the most seconds in between."""

log = logging.getLogger(__name__)


class Homes:
    """The homes that were opened since the start. Drawing one is never waited for: it is no fact, only a view of them."""

    def __init__(self, app: App, client: AsyncWebClient, directory: Directory, clock: Callable[[], datetime]) -> None:
        self._app, self._client, self._directory, self._clock = app, client, directory, clock
        self._opened: dict[str, str] = {}
        self._drawing: set[asyncio.Task[None]] = set()

    def opened(self, user: str, sender: str) -> None:
        """Somebody looks at their home."""
        self._opened[sender] = user
        self._draw(sender)

    def changed(self, *people: str) -> None:
        """Something of these people has changed; of nobody in particular: of everybody."""
        for sender in self._opened.keys() & set(people) if people else set(self._opened):
            self._draw(sender)

    def _draw(self, sender: str) -> None:
        task = asyncio.ensure_future(self._publish(sender))
        self._drawing.add(task)
        task.add_done_callback(self._drawing.discard)

    async def _publish(self, sender: str) -> None:
        for _ in range(TRIES):
            steps = self._app.steps(sender, direct(sender), self._clock())
            home = home_of(steps.connection, steps.context)
            try:
                await call(self._client, "views.publish", user_id=self._opened[sender], view=self.view(home))
            except (TryLater, Unsure) as error:  # somebody is looking at it: then it is drawn as it is by then
                log.warning("a home could not be shown, it is tried again: %s", error)
                again = error.after if isinstance(error, TryLater) else error.again
                await asyncio.sleep(min(again.total_seconds(), LONGEST))
            except (No, ShutOut) as error:  # it is drawn again when it is opened again
                log.warning("a home could not be shown: %s", error)
                return
            else:
                with self._app.store.transaction():
                    note_home(steps.connection, steps.context, home)
                return

    def view(self, home: Home) -> Block:
        say = self._app.words.say
        blocks: list[Block] = [*lines_as_blocks(home.head)]
        if home.member:
            blocks += [{"type": "actions", "block_id": BEGIN, "elements": self._begin()}, {"type": "divider"}]
            blocks += self._section("thuis.open", () if home.open else (say("thuis.niets-open"),))
            for number, one in enumerate(home.open):
                blocks += lines_as_blocks(one.reply.lines)
                blocks += options_as_blocks(one.reply, one.message or 0, self._app.words, f"h{number}")
            if home.more:  # what does not stand here is told in the chat
                blocks += [*lines_as_blocks(home.more), {"type": "actions", "block_id": "meer", "elements": [self._says("alles")]}]
            blocks += self._listed("thuis.komt", home.coming)
            blocks += self._listed("thuis.mensen-vaak" if home.often else "thuis.mensen", home.people)
        return {"type": "home", "callback_id": "thuis", "blocks": blocks}

    def _begin(self) -> list[Block]:
        say = self._app.words.say
        return [
            {"type": "button", "action_id": f"{FORM}:quickscan", "text": plain(say("thuis.quickscan")), "style": "primary"},
            *(self._says(one) for one in ("overdracht", "kaart", "wie")),
        ]

    def _says(self, what: str) -> Block:
        say = self._app.words.say
        text = plain(say(f"thuis.{what}"))
        return {"type": "button", "action_id": f"{BEGIN}:{what}", "text": text, "value": say(f"thuis.zeg-{what}")}

    def _section(self, key: str, texts: tuple[str, ...] = ()) -> list[Block]:
        found: list[Block] = [{"type": "header", "text": plain(self._app.words.say(key))}]
        return [*found, *({"type": "context", "elements": [plain(text)]} for text in texts)]

    def _listed(self, key: str, lines: tuple[Line, ...]) -> list[Block]:
        return [*self._section(key), *lines_as_blocks(lines)] if lines else []
