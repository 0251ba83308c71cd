"""Who and what is named, however it is spelled: people beside the place that was named, small words, and who is rather a place."""

import gc

from bot.context import make_world
from bot.privacy import plain
from knowledge.names import Names
from knowledge.network import Network, Organisation, Person
from knowledge.spelling import FarSpelling
from knowledge.text import read

PLACES = (
    Organisation("linde", "Lindecollege", "vo", wijk="Noord", municipality="Lindewaard"),
    Organisation("eik", "Eikschool", "po", wijk="Zuid", municipality="Lindewaard"),
)
NETWORK = Network(
    "waterstad", "Lindewaard", "Lindewaard", "midden", organisations=PLACES,
    people=(
        Person("sanne", "Sanne Draasmeijer", "linde", ("mentor",), phone="06-55500101"),
        Person("navien", "Navien van de Koekberg", "linde", ("mentor",)),
        Person("zoe", "Zoë van Taarkstra", "eik", ("mentor",)),
        Person("zoe2", "Zoë Lindeman", "linde", ("mentor",)),
        Person("kole", "Jan Kolege", "eik", ("mentor",)),
    ),
)  # fmt: skip


def people(text, network=NETWORK):
    return [spot.target for spot in Names(network).spot(read(text)) if spot.kind == "person"]


def test_at_a_named_school_a_name_may_be_spoiled_beyond_recognition():
    assert people("hoe bereik ik draasmijjer van het lindecollege") == ["sanne"]
    assert people("hoe bereik ik draosmajjar") == []


def test_the_van_of_a_place_is_not_that_of_a_person():
    assert set(people("nummer van Zoë van het Lindecollege")) == {"zoe", "zoe2"}
    assert people("nummer van Zoë van Taarkstra") == ["zoe"]


def test_with_a_surname_that_is_right_the_first_name_is_recognised_however_it_is_typed():
    assert people("nummer van naven van de koekberg") == ["navien"]
    (spot, *_) = Names(NETWORK).spot(read("nummer van naven van de koekberg"))
    assert spot.share > 0.9


def test_words_that_name_a_place_are_not_half_the_name_of_a_person():
    assert people("wie is de mentor van Linde kolege") in ([], ["kole"])
    assert people("wie is de mentor van het Lindecolege") == []


def test_the_station_is_not_the_stationskwartier():
    place = Organisation("beuk", "Beukschool", "po", wijk="Stationskwartier", municipality="Lindewaard")
    of = Names(Network("stad", "Stad", "Lindewaard", "midden", organisations=(place,)))

    assert [spot.target for spot in of.spot(read("ze hangen rond bij het station"))] == []
    assert [spot.target for spot in of.spot(read("de wijkagent van het stationskwartier"))] == ["Stationskwartier"]
    assert [spot.target for spot in of.spot(read("wijkagent station"))] == ["Stationskwartier"]


def test_of_a_name_that_many_bear_only_those_of_the_named_place_are_meant():
    many = tuple(
        Person(f"p{number}", f"{'Pim' if number % 4 == 0 else 'Bo'} Achternaam{number}", "eik", ()) for number in range(400)
    )
    network = Network(
        "groot", "Groot", "Lindewaard", "midden", organisations=PLACES, people=(*many, Person("pim", "Pim Bos", "linde", ()))
    )
    assert people("nummer van Pim van het Lindecollege", network) == ["pim"]


def test_two_errors_in_one_name_are_found_by_the_letters_that_words_share():
    spelling = FarSpelling(["schroeckenveld", "molenbeek"])
    assert [word for word, _ in spelling.far("scrhoeckenvedl", 0.7)] == ["schroeckenveld"]
    assert spelling.far("iets", 0.7) == ()


def test_a_network_is_kept_out_of_the_collectors_way_and_knows_its_own_numbers():
    world = make_world(NETWORK, None, None, None)
    assert gc.get_freeze_count() > 0
    gc.unfreeze()
    assert world.own_numbers == {plain("+31 6 555 00 101")}
