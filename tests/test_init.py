"""The first hour of an administrator: schools from national files, people from lists and address cards, and a first answer."""

from contextlib import closing

import pytest

from bot.store.file import Store
from knowledge.network_faults import NetworkFault
from knowledge.network_files import read_network
from knowledge.schools import in_title, read_schools
from knowledge.schools_merge import gone, in_municipality, new_network, with_schools
from tests.command import verbinder

OLD = "PROVINCIE;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;TELEFOONNUMMER;ONDERWIJSSTRUCTUUR"
NEW = "PROVINCIE;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;PLAATSNAAM;GEMEENTENAAM;TELEFOONNUMMER;VAKANTIEREGIO"
SPECIAL = f"SOORT PRIMAIR ONDERWIJS;{NEW};ONDERWIJS"


@pytest.fixture
def made(tmp_path):
    def write(name, *lines, encoding="cp1252"):
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


def seen(path):
    return [(one.brin, one.name, one.kind, one.municipality, one.phone, one.region) for one in read_schools(path)]


def test_the_old_and_the_new_header_give_the_same_kind_of_school(made):
    old = made("vo.csv", OLD, "Limburg;99ZY;99ZY00;Lyceum  Zoë ;VEEN;VEENRADE;0475491864 ; VWO ")
    new = made("bo.csv", NEW, "Limburg;99ZX;99ZX01;De Iep;VEEN;VEENRADE; ;Zuid")

    assert seen(old) == [("99ZY00", "Lyceum Zoë", "vo", "Veenrade", "0475-491864", None)]
    assert seen(new) == [("99ZX01", "De Iep", "po", "Veenrade", None, "zuid")]


def test_special_education_is_told_from_primary_by_what_it_offers(made):
    rows = "(V)SO;L;99ZV;99ZV00;De Wal;VEEN;VEENRADE;;Zuid;SO + VSO", "SBO;L;99ZW;99ZW00;Het Pad;VEEN;VEENRADE;;Zuid;"

    assert [one[2] for one in seen(made("so.csv", SPECIAL, *rows))] == ["vso", "po"]


@pytest.mark.parametrize(
    ("capitals", "written"),
    [("'S-HERTOGENBOSCH", "'s-Hertogenbosch"), ("IJSSELSTEIN", "IJsselstein"), ("BERGEN OP ZOOM", "Bergen op Zoom"), ("De Bilt", "De Bilt"),
     ("DEN HAAG", "Den Haag"), ("HEUSDEN-VLIJMEN", "Heusden-Vlijmen")],
)  # fmt: skip
def test_a_town_in_capitals_is_written_as_people_write_it(capitals, written):
    assert in_title(capitals) == written


def test_a_file_that_is_not_duos_and_rows_that_lack_something_are_said_all_at_once(made):
    with pytest.raises(NetworkFault, match="geen schoolbestand van DUO"):
        read_schools(made("x.csv", "naam;school", "Piet;De Iep"))
    with pytest.raises(NetworkFault) as fault:
        read_schools(made("y.csv", NEW, "L;99ZX;99ZX01;;VEEN;VEENRADE;;Zuid", "L;99ZX;;De Iep;VEEN;VEENRADE;;Zuid", "L;99ZX;;;;;;"))
    assert [one.line for one in fault.value.faults] == [2, 3, 4]


def test_a_newer_file_brings_up_to_date_and_takes_nobody_away(made):
    first = made("a.csv", NEW, "L;99ZX;99ZX01;De Iep;V;VEENRADE;0475491864;Zuid", "L;99ZX;99ZX02;De Els;V;VEENRADE;;Midden")
    second = made("b.csv", NEW, "L;99ZX;99ZX01;IKC De Iep;V;VEENRADE;0475491865;Zuid", "L;99ZU;99ZU00;De Iep;V;VEENRADE;;Zuid")
    before = with_schools(new_network("Veenrade", "Veenrade", "zuid"), in_municipality(read_schools(first), "veenrade"))
    after = with_schools(before, read_schools(second))

    assert [(one.id, one.name, one.also_known_as, one.region) for one in after.organisations] == [
        ("de-iep", "De Iep", ("IKC De Iep",), None), ("de-els", "De Els", (), "midden"), ("de-iep-99zu00", "De Iep", (), None),
    ]  # fmt: skip
    assert [(one.id, one.phone) for one in after.people][:2] == [
        ("de-iep-administratie", "0475-491865"),
        ("de-els-administratie", None),
    ]
    assert [one.id for one in gone(before, read_schools(second), ["po"])] == ["de-els"]


def test_the_same_file_twice_changes_nothing(made):
    file = made("a.csv", NEW, "L;99ZX;99ZX01;De Iep;V;VEENRADE;0475491864;Zuid")
    once = with_schools(new_network("Veenrade", "Veenrade", "zuid"), read_schools(file))

    assert with_schools(once, read_schools(file)) == once


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Noor de Wit\nN:Wit;Noor;;;\nORG:De Iep;Zorg\nROLE:zorgcoördinator\nTEL:0612345678\nEMAIL:n.dewit@deiep.example\nEND:VCARD\n"


def test_address_cards_become_people_of_a_known_school(made):
    base = with_schools(
        new_network("Veenrade", "Veenrade", "zuid"), read_schools(made("a.csv", NEW, "L;99ZX;99ZX01;De Iep;V;VEENRADE;;Zuid"))
    )
    (_, noor) = read_network(made("m.vcf", CARD, encoding="utf-8"), base=base).people

    assert (noor.id, noor.organisation, noor.roles, noor.phone, noor.email) == (
        "noor-de-wit", "de-iep", ("zorgcoordinator",), "06-12345678", "n.dewit@deiep.example",
    )  # fmt: skip
    with pytest.raises(NetworkFault, match="geen adreskaarten"):
        read_network(made("n.vcf", "Beste Noor,"), base=base)


def test_from_an_empty_folder_to_a_first_answer(made, tmp_path):
    file = made("bo.csv", NEW, "L;99ZX;99ZX01;De Iep;V;VEENRADE;0475491864;Zuid", "L;99ZT;99ZT00;Elders;V;STAD;;Zuid")
    database = str(tmp_path / "verbinder.db")
    done = verbinder("init", "--town", "veenrade", "--schools", str(file), "--database", database, "--yes")

    assert (done.code, "nieuw: 1 organisatie: De Iep" in done.out, "Elders" in done.out) == (0, True, False)
    assert "Bel Administratie De Iep, administratie\nDe Iep\n0475-491864" in done.out
    again = verbinder("init", "--schools", str(file), "--database", database)
    assert (again.code, again.out) == (0, "Er verandert niets.\n")


def test_what_is_missing_is_said_with_the_way_on(made):
    file = str(made("bo.csv", NEW, "L;99ZX;99ZX01;De Iep;V;VEENRADE;;Zuid"))

    assert verbinder("init", "--schools", file).err == "In welke gemeente is het netwerk? Zeg het met --town.\n"
    assert verbinder("init", "--schools", file, "--town", "Venrade").err.startswith(
        'In het schoolbestand staat geen gemeente "Venrade". Bedoel je "Veenrade"?'
    )
    assert verbinder("init", "--town", "X", "--region", "oost", "--schools", file).code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (NEW, "bo.csv: er staan geen scholen in dit bestand, alleen een kop."),
        (NEW.replace("VESTIGINGSNAAM", "NAAM"), "bo.csv:1: in dit bestand van DUO ontbreekt VESTIGINGSNAAM. Haal het opnieuw bij DUO"),
        (f"{NEW}\nL;99ZX;99ZX01;De Iep;V;VEENRADE;;Zuid", 'geen gemeente "Stad". Er staat wel in: Veenrade. Heb je het hele bestand van DUO?'),
    ],
)
def test_a_file_of_duo_with_something_amiss_is_known_for_what_it_is(made, text, said):
    done = verbinder("init", "--town", "Stad", made("bo.csv", text))

    assert (done.code, done.err.count("\n") <= 2, said in done.err) == (1, True, True), done.err


def test_a_file_of_duo_that_went_through_a_spreadsheet_with_commas_is_read(made):
    row = "L;99ZX;99ZX01;De Iep;V;VEENRADE;;Zuid"

    assert read_schools(made("a.csv", NEW.replace(";", ","), row.replace(";", ","))) == read_schools(made("b.csv", NEW, row))


def test_every_file_that_is_no_text_is_said_at_once(made, tmp_path):
    (tmp_path / "lijst.xlsx").write_bytes(b"PK\x03\x04x")
    (tmp_path / "foto.csv").write_bytes(b"\x89PNG\0\0")
    done = verbinder("init", "--town", "X", tmp_path / "foto.csv", "--people", tmp_path / "lijst.xlsx")

    assert done.code == 1
    assert [line.partition(":")[0] for line in done.err.splitlines()[:-1]] == ["foto.csv", "lijst.xlsx"]


def test_a_town_that_others_begin_with_is_asked_for_by_all_of_them(made):
    rows = [f"L;99Z{sign};99Z{sign}00;De Iep;V;{town};;Zuid" for sign, town in zip("ABCD", ("BERGEN LB", "BERGEN NH", "BEEK", "KAPELLE"), strict=True)]
    file = made("bo.csv", NEW, *rows)

    assert 'Bedoel je "Bergen LB" of "Bergen NH"?' in verbinder("init", "--town", "bergen", file).err
    assert 'Bedoel je "Kapelle"?' in verbinder("init", "--town", "capelle", file).err


def test_all_that_is_not_there_is_said_at_once(tmp_path):
    done = verbinder("init", "--town", "X", tmp_path / "a.csv", "--people", tmp_path / "b.csv", "--schools", tmp_path / "*.csv", tmp_path)

    assert done.code == 1
    assert done.err.splitlines() == [
        f'"{tmp_path / "a.csv"}" is er niet. Kijk of de naam en de map kloppen.',
        f'In de map "{tmp_path}" staat geen bestand op .csv.',
        f'"{tmp_path / "*.csv"}" is er niet. Kijk of de naam en de map kloppen.',
        f'"{tmp_path / "b.csv"}" is er niet. Kijk of de naam en de map kloppen.',
    ]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("Politie Veenrade", "politie"), ("Gemeente Veenrade", "gemeente"), ("Veilig Thuis Limburg", "veilig-thuis"),
        ("Openbaar Ministerie Limburg", "om"), ("Politiehond BV", None), ("Basisschool De Es", None),
    ],
)  # fmt: skip
def test_the_kind_of_a_new_organisation_follows_from_its_name_where_that_says_so(made, place, kind):
    base = new_network("Veenrade", "Veenrade", "zuid")
    card = made("m.vcf", CARD.replace("De Iep;Zorg", place), encoding="utf-8")
    if kind is None:
        with pytest.raises(NetworkFault, match="soort: ontbreekt"):
            read_network(card, base=base)
        return

    assert [(one.name, one.kind) for one in read_network(card, base=base).organisations] == [(place, kind)]


def test_a_name_that_is_nearly_that_of_a_known_organisation_is_no_new_one(made):
    one = read_network(made("a.vcf", CARD.replace("De Iep;Zorg", "Politie Veenrade"), encoding="utf-8"), base=new_network("V", "V", "zuid"))

    with pytest.raises(NetworkFault, match=r"politie-veenraden.soort: ontbreekt"):
        read_network(made("b.vcf", CARD.replace("De Iep;Zorg", "Politie Veenraden"), encoding="utf-8"), base=one)


def test_an_old_card_has_its_name_in_parts_and_may_say_the_kind_of_organisation(made):
    card = CARD.replace("FN:Noor de Wit\n", "").replace("N:Wit;Noor;;;", "N:Wit;Noor;de;;").replace("De Iep;Zorg", "Bureau X\nCATEGORIES:politie")
    found = read_network(made("m.vcf", card, encoding="utf-8"), base=new_network("Veenrade", "Veenrade", "zuid"))

    assert [one.name for one in found.people] == ["Noor de Wit"]
    assert [(one.name, one.kind) for one in found.organisations] == [("Bureau X", "politie")]


LONG = "Christelijke Scholengemeenschap voor vwo havo mavo en vbo De Iep"


def test_schools_with_the_same_name_of_a_whole_line_are_two_and_can_be_changed_afterwards(made, tmp_path):
    """An id that is longer than an id may be would be refused at the next import."""
    file = made("vo.csv", NEW, f"L;99ZX;99ZX01;{LONG};V;VEENRADE;0475491864;Zuid", f"L;99ZY;99ZY00;{LONG};V;VEENRADE;0475491865;Zuid")
    people = made("m.csv", "naam;organisatie;soort;rollen", "Noor;Politie Veenrade;politie;wijkagent")
    database = tmp_path / "verbinder.db"
    verbinder("init", "--town", "veenrade", "--schools", file, "--database", database, "--yes")

    assert verbinder("import", people, "--database", database, "--yes").code == 0
    with closing(Store(database)) as store:
        network = store.load_network()
    assert [one.brin for one in network.organisations if one.brin] == ["99ZX01", "99ZY00"]
    assert [one.phone for one in network.people] == ["0475-491864", "0475-491865", None]


@pytest.mark.parametrize(
    ("typed", "written"), [("Den Haag", "'S-GRAVENHAGE"), ("den bosch", "S HERTOGENBOSCH"), ("'s-hertogenbosch", "S HERTOGENBOSCH")]
)
def test_a_town_is_found_by_what_people_call_it(made, typed, written):
    schools = read_schools(made("bo.csv", NEW, f"L;99ZX;99ZX01;De Iep;V;{written};;Zuid"))

    assert [one.municipality[:3] for one in in_municipality(schools, typed)] == ["'s-"]


def test_a_school_where_nobody_was_counted_in_the_last_year_is_no_more(made):
    header = "INSTELLINGSCODE;VESTIGINGSCODE;NAAM_VESTIGING;SOORT_VESTIGING;GEMEENTENAAM_VESTIGING;LEERLINGEN_2024;LEERLINGEN_2025"
    rows = "99ZX;99ZX00;De Iep;BO;VEENRADE;31;30", "99ZY;99ZY00;De Wilg;BO;VEENRADE;12;", "99ZW;99ZW00;De Es;BO;VEENRADE;12;0"

    assert [one.name for one in read_schools(made("l.csv", header, *rows))] == ["De Iep"]


def test_locations_with_one_name_bear_their_street_and_stay_when_they_are_read_again(made):
    header = f"{NEW};STRAATNAAM"
    rows = "L;99ZX;99ZX01;De Iep;V;VEENRADE;;Zuid;Laan", "L;99ZX;99ZX02;De Iep;V;VEENRADE;;Zuid;Singel", "L;99ZT;99ZT00;De Es;V;VEENRADE;;Zuid;Laan"
    schools = read_schools(made("bo.csv", header, *rows))
    network = with_schools(new_network("Veenrade", "Veenrade", "zuid"), schools)

    assert [(one.name, one.also_known_as) for one in network.organisations] == [
        ("De Iep (Laan)", ("De Iep",)), ("De Iep (Singel)", ("De Iep",)), ("De Es", ()),
    ]  # fmt: skip
    assert with_schools(network, schools) == network


POLICE = (
    "naam;organisatie;soort;wijk;rollen;voor", "Wim;Politie Veenrade;politie;;wijkagent;De Els",
    "Sara;Politie Veenrade;politie;;schoolcontactpersoon;", "Vera;De Iep;;;veiligheidscoordinator;",
)  # fmt: skip


@pytest.fixture
def begun(made, tmp_path):
    """A network of three schools and one police team, out of files that a shell or a pattern has named."""
    for number, (brin, name) in enumerate([("99ZX01", "De Iep"), ("99ZY01", "De Els"), ("99ZT00", "De Es")]):
        made(f"duo-{number}.csv", NEW, f"L;{brin[:4]};{brin};{name};V;VEENRADE;;Zuid")
    people = made("mensen.csv", *POLICE)
    database = tmp_path / "v.db"
    first = "--schools", tmp_path / "duo-0.csv", tmp_path / "duo-1.csv", people  # as a shell spells out `--schools duo-[01].csv`
    assert verbinder("init", "--town", "veenrade", *first, "--database", database, "--yes").code == 0
    assert verbinder("init", "--schools", f"{tmp_path}/duo-*.csv", "--database", database, "--yes").out.startswith("nieuw: 1 organisatie: De Es")
    return database


def koppels(database):
    with closing(Store(database)) as store:
        return [(one.id, one.school, one.police, one.contacts) for one in store.load_network().koppels]


def test_koppels_that_speak_for_themselves_are_shown_and_made_when_that_is_wanted(begun):
    shown = verbinder("init", "--pairs", "--database", begun)
    assert (shown.code, shown.out) == (3, "nieuw: 3 koppels: de-iep-politie, de-els-politie en de-es-politie\n")
    assert koppels(begun) == []
    verbinder("init", "--pairs", "--database", begun, "--yes")

    assert koppels(begun) == [
        ("de-iep-politie", "de-iep", "politie-veenrade", ("vera", "sara")), ("de-els-politie", "de-els", "politie-veenrade", ("wim",)),
        ("de-es-politie", "de-es", "politie-veenrade", ("sara",)),
    ]  # fmt: skip
    assert verbinder("init", "--pairs", "--database", begun).out == "Er verandert niets.\n"


def test_a_list_of_koppels_from_a_spreadsheet_is_laid_over_the_network_and_comes_back_the_same(begun, made, tmp_path):
    list_ = made("koppels.csv", "School;Politieteam;Contactpersonen;Slack", "de iep;Politie Veenrade;Vera|sara;C0IEP", "De Els;politie-veenrade;;", "De Es;;;")
    shown = verbinder("import", list_, "--database", begun)
    assert (shown.code, shown.out) == (3, "nieuw: 2 koppels: de-iep-politie en de-els-politie\n")
    verbinder("import", list_, "--database", begun, "--yes")
    verbinder("export", "--koppels", "--database", begun, "-o", tmp_path / "uit.csv")

    assert koppels(begun) == [("de-iep-politie", "de-iep", "politie-veenrade", ("vera", "sara")), ("de-els-politie", "de-els", "politie-veenrade", ())]
    assert (tmp_path / "uit.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "id;school;politie;contacten;slack;matrix", "de-iep-politie;De Iep;Politie Veenrade;Vera|Sara;C0IEP;", "de-els-politie;De Els;Politie Veenrade;;;",
        ";De Es;;;;",
    ]  # fmt: skip
    assert verbinder("import", tmp_path / "uit.csv", "--database", begun).out == "Er verandert niets.\n"


def test_all_that_is_wrong_in_a_list_of_koppels_is_said_at_once(begun, made):
    rows = "De Ieb;Politie Veenrade;Vera;", "De Els;De Es;Onbekend;#kanaal", ";Politie Veenrade;;", "De Es;Politie Veenrade;;", "De Es;Politie Veenrade;;"
    done = verbinder("import", made("k.csv", "school;politie;contacten;slack", *rows), "--database", begun)

    assert done.code == 1
    for line, words in [
        (2, 'school: hier staat "De Ieb", verwacht het id van een school'), (3, 'politie: hier staat "De Es", verwacht het id van een organisatie'),
        (3, 'contacten: hier staat "Onbekend"'), (3, 'kanaal.slack: hier staat "#kanaal"'), (4, "school: ontbreekt"),
        (6, "dit koppel staat er twee keer (ook op regel 5)"),
    ]:  # fmt: skip
        assert any(one.startswith(f"k.csv:{line}: ") and words in one for one in done.err.splitlines()), words
    assert "begin met verbinder init" in verbinder("import", made("k2.csv", "school;politie", "a;b"), "--database", begun.with_name("x.db")).err
