"""A printed name in its pieces: titles, the name, what stands beside it, doubt."""

import pytest

from hearings import printed
from hearings.models import Side


@pytest.mark.parametrize(
    ("name", "titles", "words"),
    [
        ("COUNCIL MEMBER SOLÍS:", ["council member"], "solis"),
        ("Chairperson/Council Member Solis", ["chair", "council member"], "solis"),
        ("The Hon. Ida N. Solís", [], "ida solis"),
        ("First Deputy Commissioner Gelber", ["deputy commissioner"], "gelber"),
        ("CO-CHAIRPERSON VAN DER BERG", ["co chair"], "van der berg"),
        ("Brooks-Powell, Sela", [], "sela brooks powell"),
        ("C.J. Dane", [], "cj dane"),
        ("Senator O’Mara", ["senator"], "omara"),
        ("Gale Brewster, Jr.", [], "gale brewster"),
        ("Dr. Ann Fenn, PhD", [], "ann fenn"),
        ("THE CHAIRMAN", ["chair"], ""),
        ("General Motley", [], "general motley"),
        ("Speaker 7", ["speaker"], "7"),
        ("Judge Brewster", [], "judge brewster"),
    ],
)
def test_titles_are_told_from_the_name(name, titles, words):
    read = printed.readings(name)[0]
    assert ([" ".join(each) for each in read.titles], " ".join(read.words)) == (titles, words)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Carmen De La Rosa", "de la rosa"),
        ("Sela Brooks-Powell", "brooks powell"),
        ("Jan van der Berg", "van der berg"),
        ("Pia Ana Sands", "sands"),
        ("Ben Kallas", "kallas"),
        ("Otto Gelber III", "gelber"),
    ],
)
def test_a_family_name_is_known_whole(name, family):
    read = printed.read(name)
    assert " ".join(read.words[-read.family :]) == family


@pytest.mark.parametrize(
    "name", ["CM Ida Solís [?]", "Solis (phonetic)", "Ida Solis?", "SOLIS [sp?]"]
)
def test_a_doubt_is_heard(name):
    assert printed.read(name).is_doubtful and not printed.read("Ida Solis (Speaker)").is_doubtful


@pytest.mark.parametrize(
    ("name", "role", "side"),
    [
        ("DEPUTY COMMISSIONER ORDWAY", "", Side.AGENCY),
        ("Chair Vane", "", Side.COUNCIL),
        ("Senator Liu (via Zoom)", "", Side.ELECTED),
        ("Committee Counsel", "", Side.COUNCIL),
        ("Alex Foo (Department of Harbors)", "", Side.AGENCY),
        ("Commissioner Foo (Tech Forward)", "", ""),
        ("Commissioner Foo", "Witness — public", Side.PUBLIC),
        ("Chair Vane [?]", "", ""),
        ("Mel Tenant [?]", "Witness — public", Side.PUBLIC),
        ("Speaker Mel Tenant", "", ""),
        ("Executive Director Ash", "", ""),
        ("MR. QUILL", "", ""),
    ],
)
def test_a_title_tells_the_side_where_role_words_tell_nothing(name, role, side):
    assert printed.side_of(name, role) == side
