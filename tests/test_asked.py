"""What is asked in one place and answered in another is about the place in which it was asked."""

from tests.talking import Talk


def test_what_is_asked_about_the_place_of_a_pair_is_answered_for_its_school_and_stays_private(tmp_path):
    talk = Talk(tmp_path / "v.db")
    answer = talk.say("wie is de directeur", "pol", about="eik-politie")

    assert (answer.place, [one["person"] for one in answer.reply.data["contacts"]]) == ("dm:pol", ["elf"])


def test_what_goes_on_from_it_is_about_the_same_place(tmp_path):
    talk = Talk(tmp_path / "v.db")
    talk.say("wie is de veiligheidscoordinator", "pol", about="linde-politie")
    after = talk.say("en de directeur?", "pol")

    assert [one["person"] for one in after.reply.data["contacts"]] == ["dirk"]
