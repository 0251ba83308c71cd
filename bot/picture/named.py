"""The pictures there are, by name, with what they show in words. They are drawn (`bot.picture.drawing`) only when needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.evaluation import bars
from bot.messages import Picture

if TYPE_CHECKING:
    from knowledge.library import Library

CARD = "fasekaart"
"""The card without a mark; a cell is named behind it: `fasekaart-2-school`."""


def picture_png(name: str, library: Library) -> bytes:
    """The picture of this name as PNG; the same name and content give the same bytes. Raises KeyError when there is none."""
    if name.startswith(bars.PREFIX):
        from bot.evaluation.picture import evaluation_png  # noqa: PLC0415 - heavy as well

        return evaluation_png(bars.bars_of(name))
    from bot.picture.drawing import draw_card  # noqa: PLC0415 - heavy, and most messages have no picture

    if name not in picture_names(library):
        raise KeyError(name)
    return draw_card(library.phase_card, name.removeprefix(CARD).removeprefix("-"))


def picture_names(library: Library) -> list[str]:
    """Every picture there is: the card, and the card with each of its cells marked."""
    card = library.phase_card
    return [CARD, *(f"{CARD}-{phase}-{context.id}" for phase in card.cells for context in card.contexts)]


def picture_alt(name: str, library: Library) -> str:
    """The same picture in words, for who cannot see it."""
    labels, card = library.phase_card.picture, library.phase_card
    if name == CARD:
        return labels.described
    phase, place = name.removeprefix(f"{CARD}-").split("-", 1)
    context = next(one for one in card.contexts if one.id == place)
    cell = card.cells[phase][context.id]  # type: ignore[index]  # the card's own contexts
    return labels.described_marked.format(fase=phase, woord=card.phases[phase].word, plek=context.sentence, vak=cell)


def cell_picture(phase: int, context: str, library: Library) -> Picture | None:
    """The card with the cell of a result marked; None where there is no cell: without a phase."""
    return named_picture(f"{CARD}-{phase}-{context}", library)


def named_picture(name: str, library: Library) -> Picture | None:
    """The picture of this name with its words; None when there is none."""
    return Picture(name, picture_alt(name, library)) if name in picture_names(library) else None
