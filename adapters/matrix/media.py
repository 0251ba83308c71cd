"""Pictures and files as events: uploaded, locked where the room is, a picture with all that it shows in words."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.matrix.render import Part, harmless
from adapters.matrix.session import NotNow, away
from bot.picture.named import picture_png

if TYPE_CHECKING:
    from nio import AsyncClient, MatrixRoom

    from bot.messages import File, Picture, Reply
    from knowledge.library import Library


@dataclass(frozen=True)
class Media:
    """What goes with the messages of one room. `patience` is in seconds, for each upload."""

    client: AsyncClient
    room: MatrixRoom
    patience: float

    async def parts(self, reply: Reply, library: Library) -> list[Part]:
        """The events that go before the text. Raises `NotNow` when the homeserver does not take them now."""
        found = []
        if reply.picture:
            found.append(await self._picture(reply.picture, library))
        if reply.file:
            found.append(await self._file(reply.file))
        return found

    async def _picture(self, picture: Picture, library: Library) -> Part:
        from PIL import Image  # noqa: PLC0415 - heavy, and only needed where there is a picture

        png = picture_png(picture.name, library)
        width, height = Image.open(io.BytesIO(png)).size
        name, alt = f"{picture.name}.png", harmless(picture.alt)
        info = {"mimetype": "image/png", "size": len(png), "w": width, "h": height}
        content = {"msgtype": "m.image", "body": alt, "filename": name, "info": info, "m.mentions": {}}
        return Part("m.room.message", {**content, **await self._upload(png, name, "image/png")})

    async def _file(self, file: File) -> Part:
        data = file.text.encode()
        info = {"mimetype": file.media_type, "size": len(data)}
        content = {"msgtype": "m.file", "body": harmless(file.name), "filename": file.name, "info": info, "m.mentions": {}}
        return Part("m.room.message", {**content, **await self._upload(data, file.name, file.media_type)})

    async def _upload(self, data: bytes, name: str, media_type: str) -> dict[str, Any]:
        """Where the event says that it is; with the keys to it in a locked room."""
        import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
        from nio import UploadResponse  # noqa: PLC0415

        try:
            async with asyncio.timeout(self.patience):
                answer, keys = await self.client.upload(
                    io.BytesIO(data), content_type=media_type, filename=name, filesize=len(data), encrypt=self.room.encrypted
                )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise away(error) from None
        if not isinstance(answer, UploadResponse):
            raise NotNow(str(getattr(answer, "status_code", "")))
        return {"file": {**keys, "url": answer.content_uri}} if keys else {"url": answer.content_uri}
