"""Draws the picture of the yearly evaluation: two bars a pair, told apart by a pattern and not only by a colour."""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from bot.evaluation.bars import Bars

WIDTH, MARGIN, LABELS, ROW = 1080, 40, 330, 104
INK, PAPER, TAKEN, CLOSED = "#1a1a1a", "#ffffff", "#1c6b39", "#1a4f8b"


def evaluation_png(bars: Bars) -> bytes:
    """The picture as PNG."""
    height = 210 + max(len(bars.rows), 1) * ROW + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), bars.title, font=_font(50, bold=True), fill=INK)
    draw.text((MARGIN, MARGIN + 66), bars.under, font=_font(27), fill=INK)
    _legend(image, draw, bars)
    longest = max((days for _, *both in bars.rows for days in both if days is not None), default=1.0)
    for number, (name, *both) in enumerate(bars.rows):
        top = 210 + number * ROW
        for place, line in enumerate(_two_lines(name, LABELS - 20)):
            draw.text((MARGIN, top + 6 + place * 36), line, font=_font(26, bold=True), fill=INK)
        for half, days in enumerate(both):
            _bar(image, draw, top + half * 44, days, longest, (TAKEN, CLOSED)[half])
    if not bars.rows:
        draw.text((MARGIN, 220), bars.nothing, font=_font(30), fill=INK)
    drawn = io.BytesIO()
    image.quantize(32).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _legend(image: Image.Image, draw: ImageDraw.ImageDraw, bars: Bars) -> None:
    """Which bar is which: by its pattern as well as by its colour."""
    for half, text in enumerate((bars.taken, bars.closed)):
        left = MARGIN + half * 340
        _fill(image, draw, (left, 156, left + 44, 186), (TAKEN, CLOSED)[half])
        draw.text((left + 58, 154), text, font=_font(28), fill=INK)


def _bar(  # noqa: PLR0917 - one bar and what it stands on
    image: Image.Image, draw: ImageDraw.ImageDraw, top: int, days: float | None, longest: float, colour: str
) -> None:
    left, most = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - 90
    if days is None:
        draw.text((left, top + 4), "–", font=_font(28), fill=INK)
        return
    right = left + max(6, round(most * days / (longest or 1)))
    _fill(image, draw, (left, top + 4, right, top + 38), colour)
    draw.text((right + 12, top + 4), f"{days:g}".replace(".", ","), font=_font(28), fill=INK)


def _fill(image: Image.Image, draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str) -> None:
    """Full for the first kind, striped for the second."""
    if colour == TAKEN:
        draw.rectangle(box, fill=colour)
        return
    left, top, right, bottom = box
    piece = Image.new("RGB", (right - left + 1, bottom - top + 1), colour)
    lines = ImageDraw.Draw(piece)
    for start in range(-piece.height, piece.width, 14):
        lines.line((start, piece.height, start + piece.height, 0), fill=PAPER, width=3)
    image.paste(piece, (left, top))
    draw.rectangle(box, outline=colour, width=3)


def _two_lines(name: str, width: int) -> list[str]:
    """A name in at most two lines, broken between words; what does not fit is cut off."""
    font = _font(26, bold=True)
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(lines) < 2 and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return [_cut(line, width, font) for line in lines]


def _cut(text: str, width: int, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    data = (files("reportlab") / "fonts" / ("VeraBd.ttf" if bold else "Vera.ttf")).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)  # the same on every machine
