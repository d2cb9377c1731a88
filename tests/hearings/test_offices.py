"""What printed words tell about the side somebody is on: whole words, the longest, and nothing guessed."""

import pytest

from hearings import offices
from hearings.models import Side

KNOWN = {"water authority", "wa", "parks", "transit development corporation"}


def test_the_sides_are_those_of_the_record():
    assert {offices.COUNCIL, offices.AGENCY, offices.ELECTED, offices.PUBLIC} == set(Side.values)


@pytest.mark.parametrize(
    ("side", "roles"),
    [
        (
            Side.PUBLIC,
            "Witness — public|public|Member of the public|WITNESS - PUBLIC|Tenant|Tenant, Water Authority"
            "|Parks resident|Housing Authority resident|tenant advocate|Advocate, Tenants Forward"
            "|Witness — public (Bay Street block)|Student at Marrow College|Chair, Tenants Association",
        ),
        (
            Side.AGENCY,
            "Witness — WA|witness (wa)|WA Deputy Commissioner|WA Chair|Deputy Commissioner|Commissioner, Harbors"
            "|Deputy Director of the Water Authority|Director of Signals|Department of Public Works"
            "|Assistant Commissioner for Public Affairs|Witness — Harbor Authority|Bureau of Mains|Agency"
            "|Board of Elections|Chair, Board of Elections|Marrow Bay Public Library|Deputy Mayor"
            "|Mayor’s Office to Protect Tenants|Office of the Tenant Advocate|Captain, Harbor Police"
            "|Witness — Transit Development Corporation",
        ),
        (
            Side.COUNCIL,
            "Council Member|COUNCILWOMAN|CM|Council Member, District 4|Chair|Co-Chair|Chair, Committee on Water"
            "|Committee Counsel|Sergeant-at-Arms|President, City Council|Office of Council Member Ash",
        ),
        (
            Side.ELECTED,
            "Public Advocate|Marrow Bay Public Advocate|Office of the Public Advocate|Borough President"
            "|Comptroller’s Office|State Senator, SD 9|Assemblymember|Mayor|Member of Parliament",
        ),
        (
            "",
            "|Witness|Witness — Tech Forward|Witness — Tech:Bay|President|Vice President, Mercy Hospital"
            "|Hospital vice president|Executive Director, Legal Help|Director of Policy, Legal Help"
            "|Chair, Tech Forward|Chair of the Board|Community Board chair|Council on Aging|Friends of Parks"
            "|Former Commissioner, WA|Commissioner, Rowing Association|Resident physician|Interpreter"
            "|Professor, Department of Sociology|Public Policy Lead, Acme LLC|Speaker|Wary witness",
        ),
    ],
)
def test_role_words_tell_a_side_or_none(side, roles):
    told = {role: offices.side_of(role, KNOWN) for role in roles.split("|")}
    assert told == dict.fromkeys(told, str(side))


def test_the_councils_own_word_for_a_member_is_the_councils():
    assert offices.side_of("Commissioner", member="Commissioner") == Side.COUNCIL
    assert offices.side_of("Supervisor, District 4", member="Supervisor") == Side.COUNCIL
    assert offices.side_of("Deputy Commissioner", member="Commissioner") == Side.AGENCY
    assert offices.side_of("Former Council Member", member="Council Member") == ""


@pytest.mark.parametrize(
    ("title", "role", "side", "fits"),
    [
        ("Council Member", "Council Member, District 4", Side.COUNCIL, True),
        ("CHAIRPERSON", "Council Member", Side.COUNCIL, True),
        ("Majority Leader", "", Side.COUNCIL, True),
        ("Commissioner", "Council Member", Side.COUNCIL, False),
        ("Mayor", "Speaker", Side.COUNCIL, False),
        ("Commissioner", "Deputy Commissioner for Legal Matters", Side.AGENCY, True),
        ("Deputy Commissioner", "First Deputy Commissioner", Side.AGENCY, True),
        ("Deputy Commissioner", "Commissioner", Side.AGENCY, False),
        ("Chief", "Deputy Commissioner", Side.AGENCY, False),
        ("Chief", "Witness — WA", Side.AGENCY, True),
        ("Chair", "Chair, Harbor Authority", Side.AGENCY, True),
        ("Chair", "Commissioner", Side.AGENCY, False),
        ("Senator", "State Senator, SD 9", Side.ELECTED, True),
        ("Mayor", "Public Advocate", Side.ELECTED, False),
        ("Borough President", "Borough President", Side.ELECTED, True),
        ("President", "Council Member", Side.COUNCIL, False),
        ("Council Member", "Committee Counsel", Side.COUNCIL, False),
        ("Committee Counsel", "Council Member", Side.COUNCIL, False),
        ("Chair", "Representative", Side.COUNCIL, True),
        ("Mayor", "Mayor", Side.COUNCIL, True),
        ("Mayor", "Deputy Mayor for Operations", Side.AGENCY, False),
        ("Mayor", "Chief of Staff to the Mayor", Side.ELECTED, False),
        ("Public Advocate", "Deputy Public Advocate", Side.ELECTED, False),
        ("Chief", "Chief of Staff and Deputy Commissioner", Side.AGENCY, False),
        ("Deputy Commissioner", "Chief of Staff and Deputy Commissioner", Side.AGENCY, True),
    ],
)
def test_a_title_suits_an_appointment_or_not(title, role, side, fits):
    assert offices.suits(offices.plain(title), role, side) is fits
