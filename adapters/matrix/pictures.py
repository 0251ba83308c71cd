"""A picture as an event: uploaded, locked where the room is, and with all that it shows in words."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from adapters.matrix.render import Part, harmless
from bot.picture.named import picture_png

if TYPE_CHECKING:
    from nio import AsyncClient, MatrixRoom

    from bot.messages import Picture
    from knowledge.library import Library


async def picture_part(client: AsyncClient, room: MatrixRoom, picture: Picture, library: Library) -> Part:
    """Uploads the picture. Raises `adapters.matrix.session.NotNow` when the homeserver does not take it now."""
    import aiohttp  # noqa: PLC0415 - heavy, and only needed where Matrix is
    from nio import UploadResponse  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    from adapters.matrix.session import NotNow  # noqa: PLC0415

    png = picture_png(picture.name, library)
    width, height = Image.open(io.BytesIO(png)).size
    try:
        answer, keys = await client.upload(
            io.BytesIO(png), content_type="image/png", filename=f"{picture.name}.png", filesize=len(png), encrypt=room.encrypted
        )
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise NotNow(type(error).__name__) from None
    if not isinstance(answer, UploadResponse):
        raise NotNow(str(getattr(answer, "status_code", "")))
    info = {"mimetype": "image/png", "size": len(png), "w": width, "h": height}
    alt = harmless(picture.alt)
    content: dict[str, Any] = {"msgtype": "m.image", "body": alt, "filename": f"{picture.name}.png", "info": info, "m.mentions": {}}
    where = {"file": {**keys, "url": answer.content_uri, "mimetype": "image/png"}} if keys else {"url": answer.content_uri}
    return Part("m.room.message", {**content, **where})
