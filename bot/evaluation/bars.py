"""What the picture of the yearly evaluation shows, and its name: all of it stands in the name, so that nothing is kept for it."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import astuple, dataclass

PREFIX = "jaarevaluatie-"


@dataclass(frozen=True)
class Bars:
    """Title, line under it, the names of both bars, what is said when there is nothing, and per pair the days (None: too few)."""

    title: str
    under: str
    taken: str
    closed: str
    nothing: str
    rows: tuple[tuple[str, float | None, float | None], ...]


def picture_name(bars: Bars) -> str:
    """The name of the picture that shows this."""
    packed = zlib.compress(json.dumps(astuple(bars), ensure_ascii=False).encode(), 9)
    return PREFIX + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def bars_of(name: str) -> Bars:
    """What a picture of this name shows. Raises KeyError when it is none of ours."""
    packed = name.removeprefix(PREFIX)
    try:
        found = json.loads(zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))))
        title, under, taken, closed, nothing, rows = found
    except (ValueError, zlib.error):
        raise KeyError(name) from None
    return Bars(title, under, taken, closed, nothing, tuple((str(one), over, shut) for one, over, shut in rows))
