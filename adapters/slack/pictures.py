"""Brings a picture to Slack once, and shows it in messages with all that it says in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adapters.slack.call import AGAIN, No, call
from adapters.slack.limits import ALT_TEXT, cut
from adapters.slack.render import Part
from bot.deliver import Unsure

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.messages import Picture


class Pictures:
    """The pictures that were uploaded since the start, by name."""

    def __init__(self, client: AsyncWebClient, draw: Callable[[str], bytes] | None = None) -> None:
        self._client, self._draw = client, draw
        self._files: dict[str, str] = {}

    async def added(self, parts: list[Part], picture: Picture) -> list[Part]:
        """The parts with the picture under the text of the last. Without it where Slack does not take it: the words say it all."""
        try:
            file = await self._file(picture)
        except No:
            return parts
        if file is None:
            return parts
        last = parts[-1]
        controls = [block for block in last.blocks if block["type"] == "actions"]
        text = [block for block in last.blocks if block["type"] != "actions"]
        shown: dict[str, Any] = {"type": "image", "slack_file": {"id": file}, "alt_text": cut(picture.alt, ALT_TEXT)}
        return [*parts[:-1], Part(last.text, [*text, shown, *controls])]

    async def _file(self, picture: Picture) -> str | None:
        if self._draw is None:
            return None
        if picture.name not in self._files:
            content = self._draw(picture.name)
            name = f"{picture.name.replace('/', '-')}.png"
            place = await call(
                self._client, "files.getUploadURLExternal", filename=name, length=str(len(content)), alt_txt=cut(picture.alt, 1000)
            )
            await self._upload(place["upload_url"], content)
            await call(self._client, "files.completeUploadExternal", files=f'[{{"id": "{place["file_id"]}"}}]')
            self._files[picture.name] = place["file_id"]
        return self._files[picture.name]

    async def _upload(self, address: str, content: bytes) -> None:
        import aiohttp  # noqa: PLC0415 - only where there is a picture

        try:
            async with aiohttp.ClientSession() as session, session.post(address, data=content) as answer:
                answer.raise_for_status()
        except aiohttp.ClientError as error:
            raise Unsure(AGAIN, type(error).__name__) from None
