"""Personal data in free text: found, named by its kind, offered back without, and never repeated."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from bot.answer import answer
from bot.privacy import Findings, cleared, find_personal_data
from tests.asking import ask, context, example, moment

BSN, IBAN, MOBILE, ADDRESS = "123456782", "NL91ABNA0417164300", "0612345678", "jan_de.vries@voorbeeld.example"

FOUND = [
    ("zijn bsn is 123456782", "bsn", "123456782"),
    ("BSN 123.456.782", "bsn", "123.456.782"),
    ("nummer 1234.56.782 staat in het dossier", "bsn", "1234.56.782"),
    ("bsn: 123-456-782", "bsn", "123-456-782"),
    ("burgerservicenummer 123 456 789", "bsn", "123 456 789"),
    ("bel moeder op 0612345678", "telefoon", "0612345678"),
    ("06-12 34 56 78 is van vader", "telefoon", "06-12 34 56 78"),
    ("+31 6 12345678 van de ouders", "telefoon", "+31 6 12345678"),
    ("0031612345678", "telefoon", "0031612345678"),
    ("thuis 020-1234567", "telefoon", "020-1234567"),
    ("０６１２３４５６７８", "telefoon", "０６１２３４５６７８"),
    ("mail naar jan.devries@voorbeeld.example.", "email", "jan.devries@voorbeeld.example"),
    ("jan_de_vries+school@voorbeeld.co.example", "email", "jan_de_vries+school@voorbeeld.co.example"),
    ("rekening NL91ABNA0417164300", "iban", "NL91ABNA0417164300"),
    ("nl91 abna 0417 1643 00 van hem", "iban", "nl91 abna 0417 1643 00"),
    ("NL91-ABNA-0417-1643-00", "iban", "NL91-ABNA-0417-1643-00"),
]

FINE = [
    "bel 112", "is 0900-8844 dag en nacht open", "veilig thuis is 0800-2000", "0900 88 44", "0800 - 2000 gebeld",
    "vanaf 16 uur in 4 weken", "op 23-11-2026 om 10:30", "artikel 123456789", "er zijn 1200 leerlingen en 85 docenten", "lokaal 2.14", "groep 3 en klas 4b",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "part"), FOUND)
def test_personal_data_is_found_where_it_stands_and_nothing_else(text, kind, part):
    assert [(one.kind, text[one.start : one.end]) for one in find_personal_data(text)] == [(kind, part)]


@pytest.mark.parametrize("text", FINE)
def test_public_numbers_times_and_quantities_are_no_personal_data(text):
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "0655500101",
        "06-55500101",
        "+31655500101",
        "0031 6 555 00 101",
        "S.deVries@lindecollege.example",
        "bel sanne op 06 555 00 101",
    ],
)
def test_numbers_and_addresses_of_the_network_are_no_finding_however_they_are_written(text):
    assert find_personal_data(text, example().own_numbers) == ()


def test_the_text_is_offered_back_with_the_kind_in_each_place():
    text = f"jongen, bsn {BSN}, moeder {MOBILE}, mail {ADDRESS}, rekening {IBAN}. wie bel ik"

    assert cleared(text, example(), moment("2026-11-23T10:00").date()) == Findings(
        ("bsn", "telefoon", "email", "iban"),
        "jongen, bsn [nummer], moeder [telefoonnummer], mail [e-mailadres], rekening [rekeningnummer]. wie bel ik",
    )


# The answer


def test_the_refusal_names_the_kinds_and_offers_to_go_on_without():
    reply = ask(example(), f"wie bel ik over de leerling met bsn {BSN} en nummer {MOBILE}", "s-devries")

    assert (reply.kind, reply.data["reason"], reply.data["found"]) == ("refusal", "personal-data", ["bsn", "telefoon"])
    assert reply.lines[0].text.startswith("In je bericht staat een burgerservicenummer en een telefoonnummer.")
    assert reply.data["suggestion"] == "wie bel ik over de leerling met bsn [nummer] en nummer [telefoonnummer]"
    assert [option.label for option in reply.options] == ["Vraag zonder die gegevens"]


def test_in_a_channel_the_refusal_asks_to_take_the_message_away():
    text = f"bsn {BSN}"

    assert "Haal je bericht hier weg: anderen lezen mee." in ask(example(), text, "s-devries", "lindecollege-politie").text
    assert "Haal je bericht hier weg" not in ask(example(), text, "s-devries").text


@pytest.mark.parametrize("sender", ["s-devries", "onbekend-1", None])
@pytest.mark.parametrize(("text", "part"), [(text, part) for text, _, part in FOUND])
def test_the_refusal_never_repeats_what_was_found(text, part, sender):
    reply = ask(example(), f"{text} wie bel ik", sender)

    assert reply.kind == "refusal"
    said = json.dumps([reply.text, reply.data, [option.label for option in reply.options]], ensure_ascii=False)
    assert part not in said
    assert not [piece for piece in part.replace("@", " ").split() if len(piece) > 4 and piece in said]


def with_last_digit(first_eight):
    """A number whose last digit makes the elfproef true; one in eleven has none."""
    return f"{first_eight:08}{sum(int(digit) * weight for digit, weight in zip(f'{first_eight:08}', range(9, 1, -1), strict=True)) % 11}"


@given(st.integers(1_000_000, 99_999_999).map(with_last_digit).filter(bsn.is_valid), st.sampled_from(["", ".", " ", "-"]))
def test_every_number_that_passes_the_elfproef_is_a_bsn(number, sign):
    written = sign.join((number[:3], number[3:6], number[6:]))

    assert [one.kind for one in find_personal_data(f"leerling {written} dus")] == ["bsn"]


@given(st.integers(10_000_000, 99_999_999), st.sampled_from(["06{}", "06-{}", "06 {}", "+316{}", "00316{}", "+31 6 {}"]))
def test_every_mobile_number_is_found_or_is_the_networks_own(number, form):
    text = f"bel {form.format(number)} even"
    reply = answer(text, context(example(), "s-devries"))

    assert reply.kind == "refusal" or f"06{number}" in {one.replace("-", "") for one in example().own_numbers}
    assert str(number) not in reply.text + json.dumps(reply.data)


def test_danger_goes_before_personal_data_and_does_not_repeat_it():
    reply = ask(example(), f"er wordt nu gevochten met een mes, moeder is {MOBILE}, bsn {BSN}", "s-devries")

    assert reply.kind == "urgent"
    assert reply.lines[0].text == "Bel 112. Nu."
    assert not [secret for secret in (MOBILE, BSN) if secret in reply.text + json.dumps(reply.data)]
