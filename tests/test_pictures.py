"""The picture of the fasekaart: every cell drawn, readable, told apart without colour, and the same bytes every time."""

import io

import pytest
from PIL import Image

from bot.answer import answer
from bot.picture.drawing import EDGE, INK, LOOKS, MARK, MARKED, PAPER, _broken, _font
from bot.picture.named import picture_alt, picture_names, picture_png
from tests.asking import context, example, library
from tests.command import verbinder


def image(name):
    return Image.open(io.BytesIO(picture_png(name, library()))).convert("RGB")


def contrast(one, other):
    """As in WCAG 2.2, 1.4.3."""

    def light(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        return sum(
            weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
            for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_there_is_a_picture_of_the_card_and_of_each_of_its_nine_cells():
    assert picture_names(library())[:2] == ["fasekaart", "fasekaart-1-school"]
    assert len(picture_names(library())) == 10


@pytest.mark.parametrize("name", ["fasekaart", "fasekaart-3-school-en-maatschappelijk"])
def test_the_same_name_gives_the_same_bytes_and_they_fit_a_phone(name):
    once = picture_png(name, library())

    assert picture_png(name, library()) == once
    assert len(once) < 200_000
    assert image(name).width == 1080


def test_a_marked_cell_makes_another_picture():
    assert len({picture_png(name, library()) for name in picture_names(library())}) == 10


def test_a_picture_that_is_not_there_is_a_fault():
    with pytest.raises(KeyError):
        picture_png("fasekaart-9-school", library())


def test_everything_that_is_read_has_contrast_enough():
    pairs = [(look.text, look.ground) for look in LOOKS.values()] + [(INK, PAPER), (INK, MARKED), (PAPER, MARK), (EDGE, PAPER)]

    assert min(contrast(*pair) for pair in pairs) >= 4.5


def test_each_phase_has_a_pattern_of_its_own():
    assert len({look.pattern for look in LOOKS.values()}) == 3


def test_every_letter_of_the_card_and_of_dutch_is_in_the_font():
    absent = _font(30).getmask("\uf123").getbbox(), bytes(_font(30).getmask("\uf123"))
    card = library().phase_card
    letters = "áäéëèêïíöóúüçÁÄÉËÏÖÜ€§–" + "".join(text for cells in card.cells.values() for text in cells.values())

    assert [
        one for one in set(letters) - {" "} if (_font(30).getmask(one).getbbox(), bytes(_font(30).getmask(one))) == absent
    ] == []


def test_no_line_runs_out_of_its_column():
    font = _font(32)
    texts = [text for cells in library().phase_card.cells.values() for text in cells.values()]

    assert max(font.getlength(line) for text in texts for line in _broken(text, font, 640)) <= 640


def test_the_picture_is_told_in_words():
    assert picture_alt("fasekaart", library()).startswith("Plaatje van de fasekaart: drie fasen (1 groen, 2 oranje, 3 rood)")
    assert picture_alt("fasekaart-3-maatschappelijk", library()) == (
        "Plaatje van de fasekaart. Gemarkeerd is fase 3 (ROOD), buiten school: (Ortho)pedagogisch ingrijpen met jeugdhulp. "
        "Jeugdhulp grijpt in, of justitie."
    )


def test_the_command_writes_it_and_says_it_in_words(tmp_path):
    done = verbinder("picture", "fasekaart-2-school", "-o", tmp_path / "kaart.png")

    assert (done.code, done.err) == (0, "")
    assert "Gemarkeerd is fase 2 (ORANJE), school" in done.out
    assert (tmp_path / "kaart.png").read_bytes() == picture_png("fasekaart-2-school", library())


def test_the_command_tells_which_pictures_there_are(tmp_path):
    done = verbinder("picture", "paard", "-o", tmp_path / "paard.png")

    assert done.code == 1
    assert "fasekaart-3-school" in done.err


@pytest.mark.parametrize("text", ["wat is de fasekaart", "laat de fasekaart zien"])
def test_who_asks_for_the_card_gets_it_as_a_picture_too(text):
    reply = answer(text, context(example(), "m-jansen"))

    assert (reply.picture.name, reply.picture.alt) == ("fasekaart", picture_alt("fasekaart", library()))


def test_every_picture_of_a_topic_is_there_and_most_topics_have_none():
    named = [topic.picture for topic in library().topics.values() if topic.picture]

    assert set(named) <= set(picture_names(library()))
    assert 0 < len(named) < 5
