"""Draws the fasekaart (`§1.2`) from the content: all nine cells, and on request the one of a result marked.

A phase is a word, a number and a pattern, never only a colour. The same content gives the same bytes.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from knowledge.phase_card import PhaseCard

WIDTH, MARGIN, GAP = 1080, 40, 18
LABELS = 300
"""Pixels, for the names of the contexts. A phone shows a third of the width, so that 33 pixels read as 11 points."""

INK, PAPER, EDGE, MARK, MARKED = "#1a1a1a", "#ffffff", "#767676", "#1a1a1a", "#fff6d6"


@dataclass(frozen=True, slots=True)
class Look:
    """How a phase looks: the band with its name (text on ground at 4.5:1 at least), and the pattern that goes with it."""

    ground: str
    text: str
    pattern: str


LOOKS = {
    "1": Look("#1c6b39", "#ffffff", "dots"),
    "2": Look("#f5a524", "#1a1a1a", "stripes"),
    "3": Look("#a8201a", "#ffffff", "grid"),
}


def draw_card(card: PhaseCard, marked: str) -> bytes:
    """The card as PNG, at most a few hundred kB. `marked` is a cell such as `2-school`, "" for none."""
    drawn = io.BytesIO()
    _draw(card, marked).quantize(64).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _draw(card: PhaseCard, marked: str) -> Image.Image:
    """The whole card. It is laid out twice: once on nothing, to know how high it becomes."""
    height = _lay_out(Image.new("RGB", (WIDTH, 10)), card, marked)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    _lay_out(image, card, marked)
    return image


def _lay_out(image: Image.Image, card: PhaseCard, marked: str) -> int:
    """Draws from the top down; returns where it ended."""
    labels, draw = card.picture, ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN), labels.title, font=_font(54, bold=True), fill=INK)
    draw.text((MARGIN, MARGIN + 70), labels.under, font=_font(28), fill=INK)
    top = MARGIN + 130
    for number in card.cells:
        top = _band(image, card, number, top)
        for context in card.contexts:
            here = labels.here if marked == f"{number}-{context.id}" else ""
            sentence = card.cells[number][context.id]  # type: ignore[index]  # the card's own contexts
            top = _row(image, top, LOOKS[number], context.label, sentence, here)
        top += GAP
    return top + MARGIN - GAP


def _band(image: Image.Image, card: PhaseCard, number: str, top: int) -> int:
    """The name of a phase on its colour, with its pattern beside it."""
    look, phase, draw = LOOKS[number], card.phases[number], ImageDraw.Draw(image)
    bottom = top + 92
    draw.rectangle((MARGIN, top, WIDTH - MARGIN, bottom), fill=look.ground)
    called = card.picture.phase.format(fase=number, woord=phase.word)
    draw.text((MARGIN + 24, top + 20), called, font=_font(42, bold=True), fill=look.text)
    right = WIDTH - MARGIN
    draw.text((right - 150, top + 30), phase.title.split(",")[0], font=_font(28), fill=look.text, anchor="ra")
    image.paste(_pattern(look, 130, bottom - top + 1), (right - 129, top))
    return bottom


def _row(  # noqa: PLR0917 - a row and what stands in it
    image: Image.Image, top: int, look: Look, label: str, sentence: str, here: str
) -> int:
    """One cell: where it plays on the left, what fits on the right; the marked one framed, and named as such."""
    text, draw = _font(32), ImageDraw.Draw(image)
    left, right = MARGIN + 56, WIDTH - MARGIN
    sides = _broken(label, _font(29, bold=True), LABELS - 76), _broken(sentence, text, right - left - LABELS)
    high = max(len(sides[0]) * 40 + (56 if here else 0), len(sides[1]) * 44) + 36
    bottom = top + high
    draw.rectangle((MARGIN, top, right, bottom), fill=MARKED if here else PAPER)
    image.paste(_pattern(look, 36, high + 1), (MARGIN, top))
    draw.rectangle((MARGIN, top, right, bottom), outline=MARK if here else EDGE, width=8 if here else 2)
    for number, line in enumerate(sides[0]):
        draw.text((left, top + 18 + number * 40), line, font=_font(29, bold=True), fill=INK)
    for number, line in enumerate(sides[1]):
        draw.text((left + LABELS - 20, top + 16 + number * 44), line, font=text, fill=INK)
    if here:
        at = top + 24 + len(sides[0]) * 40
        wide = draw.textlength(here, font=_font(28, bold=True))
        draw.rectangle((left, at, left + wide + 28, at + 46), fill=MARK)
        draw.text((left + 14, at + 6), here, font=_font(28, bold=True), fill=PAPER)
    return bottom


def _pattern(look: Look, wide: int, high: int) -> Image.Image:
    """Dots, slanting stripes or a grid: the phase is told by it without any colour."""
    image = Image.new("RGB", (wide, high), look.ground)
    draw = ImageDraw.Draw(image)
    if look.pattern == "dots":
        for across in range(9, wide, 18):
            for down in range(9, high, 18):
                draw.ellipse((across - 4, down - 4, across + 4, down + 4), fill=look.text)
        return image
    for start in range(-wide, high, 20):
        draw.line((0, start, wide, start + wide), fill=look.text, width=6)
        if look.pattern == "grid":
            draw.line((0, start + wide, wide, start), fill=look.text, width=6)
    return image


def _broken(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines of at most this many pixels; broken between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Bitstream Vera, which comes with reportlab and has all Dutch letters; Pillow's own has no letter with a diaeresis."""
    name = "VeraBd.ttf" if bold else "Vera.ttf"
    data = (files("reportlab") / "fonts" / name).read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)  # the same on every machine
