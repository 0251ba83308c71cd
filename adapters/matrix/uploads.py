"""A picture or a file as an event: uploaded, locked where the room is, and with all that a picture shows in words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from adapters.matrix.render import Part, harmless
from bot.picture.named import picture_png

if TYPE_CHECKING:
    from nio import AsyncClient, MatrixRoom

    from bot.messages import File, Picture
    from knowledge.library import Library


async def picture_part(client: AsyncClient, room: MatrixRoom, picture: Picture, library: Library) -> Part:
    """Uploads the picture. Raises `adapters.matrix.session.NotNow` when the homeserver does not take it now."""
    from PIL import Image  # noqa: PLC0415 - heavy, and only needed where there is a picture

    png, name = picture_png(picture.name, library), f"{picture.name}.png"
    width, height = Image.open(io.BytesIO(png)).size
    info = {"mimetype": "image/png", "size": len(png), "w": width, "h": height}
    content = {"msgtype": "m.image", "body": harmless(picture.alt), "filename": name, "info": info, "m.mentions": {}}
    return Part("m.room.message", {**content, **await _uploaded(client, room, name, "image/png", png)})


async def file_part(client: AsyncClient, room: MatrixRoom, file: File) -> Part:
    """Uploads a file, such as an agenda. Raises `adapters.matrix.session.NotNow` when the homeserver does not take it now."""
    data = file.text.encode()
    info = {"mimetype": file.media_type, "size": len(data)}
    content = {"msgtype": "m.file", "body": file.name, "filename": file.name, "info": info, "m.mentions": {}}
    return Part("m.room.message", {**content, **await _uploaded(client, room, file.name, file.media_type, data)})


async def _uploaded(client: AsyncClient, room: MatrixRoom, name: str, media_type: str, data: bytes) -> dict[str, Any]:
    """Where it is now, with the keys where the room is locked."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
    from nio import UploadResponse  # noqa: PLC0415

    from adapters.matrix.session import NotNow  # noqa: PLC0415

    try:
        answer, keys = await client.upload(
            io.BytesIO(data), content_type=media_type, filename=name, filesize=len(data), encrypt=room.encrypted
        )
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotNow(type(error).__name__) from None
    if not isinstance(answer, UploadResponse):
        raise NotNow(str(getattr(answer, "status_code", "")))
    return {"file": {**keys, "url": answer.content_uri, "mimetype": media_type}} if keys else {"url": answer.content_uri}
