"""Brings pictures and files to Slack: a picture once, shown in messages with its words; a file where it belongs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from adapters.slack.call import AGAIN, No, call
from adapters.slack.limits import ALT_TEXT, UPLOAD_ALT_TEXT, cut
from adapters.slack.render import Part
from bot.deliver import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.messages import File, Picture

PATIENCE = 60.0
"""Seconds that an upload may take."""


def without_picture(part: Part) -> Part:
    """The part without a picture: its words are below or above it."""
    return Part(part.text, [block for block in part.blocks if block["type"] != "image"])


class Files:
    """Uploads; pictures are remembered by name until we stop."""

    def __init__(self, client: AsyncWebClient, draw: Callable[[str], bytes]) -> None:
        self._client, self._draw = client, draw
        self._pictures: dict[str, str] = {}

    async def with_picture(self, parts: list[Part], picture: Picture) -> list[Part]:
        """The parts with the picture under the text of the last. Without it where Slack does not take it: the words say it all."""
        try:
            if picture.name not in self._pictures:
                name = f"{picture.name.replace('/', '-')}.png"
                file = await self._upload(name, self._draw(picture.name), cut(picture.alt, UPLOAD_ALT_TEXT))
                await call(self._client, "files.completeUploadExternal", files=json.dumps([{"id": file, "title": name}]))
                self._pictures[picture.name] = file
        except No:
            return parts
        last = parts[-1]
        controls = [block for block in last.blocks if block["type"] == "actions"]
        text = [block for block in last.blocks if block["type"] != "actions"]
        image: dict[str, Any] = {
            "type": "image", "slack_file": {"id": self._pictures[picture.name]}, "alt_text": cut(picture.alt, ALT_TEXT),
        }  # fmt: skip
        return [*parts[:-1], Part(last.text, [*text, image, *controls])]

    async def share(self, channel: str, thread: str | None, file: File) -> None:
        """Puts a file in a channel, above the message that it goes with."""
        uploaded = await self._upload(file.name, file.text.encode())
        await call(
            self._client, "files.completeUploadExternal", files=json.dumps([{"id": uploaded, "title": file.name}]),
            channel_id=channel, thread_ts=thread,
        )  # fmt: skip

    async def _upload(self, name: str, content: bytes, alt: str | None = None) -> str:
        import aiohttp  # noqa: PLC0415 - only where there is a file

        place = await call(self._client, "files.getUploadURLExternal", filename=name, length=str(len(content)), alt_txt=alt)
        try:
            most = aiohttp.ClientTimeout(total=PATIENCE)
            async with aiohttp.ClientSession(timeout=most) as session, session.post(place["upload_url"], data=content) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unsure(AGAIN, type(error).__name__) from None
        return str(place["file_id"])
