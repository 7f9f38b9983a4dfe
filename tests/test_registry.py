"""The register: every printed form of a council's or board's name finds its record, at its date."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import registry
from cqcparse.registry import (
    AuthorityRecord,
    BoardRecord,
    authorities,
    board_for_authority,
    boards,
    boards_for_authority,
    find_authority,
    find_authority_by_address,
    find_authority_by_code,
    find_board,
    find_board_by_code,
    find_other_authority,
    match_board,
    other_authorities,
    successors,
    suggest_authorities,
)

LAST_DAY = dt.date(2026, 3, 31)
MERGER = dt.date(2026, 4, 1)
REPORTS = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/"


def name_of(record: AuthorityRecord | None) -> str | None:
    """Return the short name of a record."""
    return record.short_name if record else None


def ods_of(record: BoardRecord | None) -> str | None:
    """Return the ODS code of a record."""
    return record.ods_code if record else None


#: Short forms of counties as lists print them.
SHORT = {
    "Bedfordshire": "Beds",
    "Berkshire": "Berks",
    "Cambridgeshire": "Cambs",
    "Gloucestershire": "Glos",
    "Hampshire": "Hants",
    "Hertfordshire": "Herts",
    "Lancashire": "Lancs",
    "Leicestershire": "Leics",
    "Lincolnshire": "Lincs",
    "Northamptonshire": "Northants",
    "Nottinghamshire": "Notts",
    "Oxfordshire": "Oxon",
    "Staffordshire": "Staffs",
    "Warwickshire": "Warks",
    "Wiltshire": "Wilts",
    "Worcestershire": "Worcs",
    "Yorkshire": "Yorks",
    "North East ": "NE ",
    "North ": "N ",
    "South ": "S ",
    "East ": "E ",
    "West ": "W ",
}


def spellings(record: AuthorityRecord) -> set[str]:
    """Return the usual spellings of an authority's name, made by rule from the register."""
    area, found = (
        record.short_name,
        {record.name, record.short_name, f"{record.short_name} Council"},
    )
    styles = {
        "county": ["{} County Council", "{} CC", "{} County", "{}, County of"],
        "metropolitan": ["{} MBC", "{} Metropolitan Borough Council", "{} Met", "{} Borough"],
        "london-borough": ["London Borough of {}", "LB {}", "{} LBC", "{}, London Borough of"],
        "unitary": ["{} Unitary Authority", "{} (unitary)"],
    }
    if record.ons_code != "E09000001":  # of the City of London nothing is left without its style
        found |= {style.format(area) for style in styles[record.type]}
    for word in ("City", "County", "Royal Borough", "Borough"):
        if word in record.name and area != "City of London":
            found |= {f"{area}, {word} of", f"{word} of {area}", f"{area} {word}"}
    found |= {area.replace(full, short) for full, short in SHORT.items() if full in area}
    found |= {name.replace(" and ", " & ") for name in found} | {area.replace(" and ", " ")}
    found |= {name.replace("-", " ") for name in found} | {name.upper() for name in found}
    return found | {f"{area} Council CQC", f"{area} adult social care", f"the {area} Council’s"}


class TestData:
    """What must hold for the data files whatever is added to them."""

    def test_all_authorities_are_there(self) -> None:
        """There are 153 councils with duties for adult social care, each with its own code."""
        assert len(authorities()) == 153
        assert len({record.ons_code for record in authorities()}) == 153
        assert all(re.fullmatch(r"E\d{8}", record.ons_code) for record in authorities())

    def test_boards_before_and_after_the_merger(self) -> None:
        """There were 42 boards, and 36 from 1 April 2026."""
        assert sum(LAST_DAY in board.validity for board in boards()) == 42
        assert sum(MERGER in board.validity for board in boards()) == 36

    @pytest.mark.parametrize("on", [dt.date(2022, 7, 1), LAST_DAY, MERGER, dt.date(2030, 1, 1)])
    def test_every_authority_has_a_board(self, on: dt.date) -> None:
        """On any day since the boards began, every authority lies in one that exists."""
        for authority in authorities():
            covering = boards_for_authority(authority.ons_code, on)
            assert covering, authority.name
            assert all(on in board.validity for board in covering), authority.name

    def test_names_are_unambiguous(self) -> None:
        """Every name in the data finds its own record."""
        for record in authorities():
            for name in (record.name, record.short_name, *record.aliases):
                assert find_authority(name) is record, name

    def test_board_names_are_unambiguous(self) -> None:
        """Every name of a board finds it; one shared by several boards finds none of them."""
        for board in boards():
            for name in (board.name, board.name.replace("Integrated Care Board", "ICB")):
                assert find_board(name, board.start) is board, name
            for alias in board.aliases:
                assert ods_of(find_board(alias, board.start)) in {board.ods_code, None}, alias

    def test_successors_exist(self) -> None:
        """A board that ended says who took over, and a board in force does not."""
        for board in boards():
            assert bool(board.end) == bool(board.successors), board.name
            assert all(find_board_by_code(code) for code in board.successors), board.name

    def test_records_are_read_once(self) -> None:
        """Two look-ups return the same record, not equal ones."""
        assert find_authority("Camden") is find_authority("London Borough of Camden")


class TestFindAuthority:
    """Councils by name."""

    @pytest.mark.parametrize(
        ("name", "short_name"),
        [
            ("London Borough of Camden", "Camden"),
            ("the London Borough of Camden", "Camden"),
            ("LB Camden", "Camden"),
            ("Camden Council", "Camden"),
            ("Camden London Borough Council", "Camden"),
            ("CAMDEN", "Camden"),
            ("camden local authority", "Camden"),
            ("Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
            ("RBKC", "Kensington and Chelsea"),
            ("Camden Council’s", "Camden"),
            ("Herts County Council", "Hertfordshire"),
            ("Hammersmith & Fulham Council", "Hammersmith and Fulham"),
            ("Derbyshire County Council", "Derbyshire"),
            ("Derbyshire CC", "Derbyshire"),
            ("Derby City Council", "Derby"),
            ("City of York Council", "York"),
            ("Metropolitan Borough of Wirral", "Wirral"),
            ("Wirral MBC", "Wirral"),
            ("City of Bradford Metropolitan District Council", "Bradford"),
            ("St. Helens", "St Helens"),
            ("St Helen’s Council", "St Helens"),
            ("Stockton on Tees Borough Council", "Stockton-on-Tees"),
            ("Stoke\u2011on\u2011Trent", "Stoke-on-Trent"),
            ("Kingston upon Hull City Council", "Kingston upon Hull"),
            ("Hull", "Kingston upon Hull"),
            ("County Durham", "Durham"),
            ("Council of the Isles of Scilly", "Isles of Scilly"),
            ("Bournemouth Christchurch & Poole Council", "Bournemouth, Christchurch and Poole"),
            ("City of London Corporation", "City of London"),
            ("City of London Council", "City of London"),
            ("Bath\u00a0and North East Somerset", "Bath and North East Somerset"),
            ("  Kent   County Council ", "Kent"),
        ],
    )
    def test_printed_forms(self, name: str, short_name: str) -> None:
        """Style, case, hyphens, apostrophes, "&" and spaces make no difference."""
        assert name_of(find_authority(name)) == short_name

    @pytest.mark.parametrize(
        "name",
        [
            "",
            " ",
            "Council",
            "London",
            "London Borough of",
            "Royal Borough of Hartsmere",
            "Camden County Council",
            "Derby County Council",
            "Nottinghamshire City Council",
            "London Borough of Kent",
            "Camden and Islington",
            "North West London",
            "Ealing people",
        ],
    )
    def test_others_are_not_found(self, name: str) -> None:
        """A name of another council, of no council or of several finds nothing."""
        assert find_authority(name) is None

    def test_old_codes(self) -> None:
        """A code from before a change of boundary finds the authority that has a new one."""
        assert name_of(find_authority_by_code("E08000016")) == "Barnsley"
        assert name_of(find_authority_by_code("e08000038")) == "Barnsley"
        assert find_authority_by_code("W06000001") is None

    @given(st.text(max_size=40))
    def test_any_text(self, name: str) -> None:
        """Any text may be looked up as a name of either kind, or as an address."""
        for record in (find_authority(name), find_authority_by_address(name)):
            assert record is None or record in authorities()
        assert find_board(name) is None or find_board(name) in boards()

    @given(
        st.sampled_from(authorities()),
        st.sampled_from(
            ["{} Council", "the {} Council", "{} local authority", "{}’s", " {}\u00a0"]
        ),
        st.sampled_from([(" and ", " & "), ("-", " "), ("-", "\u2011"), (" ", "\u00a0"), ("", "")]),
    )
    def test_styles(self, record: AuthorityRecord, style: str, swap: tuple[str, str]) -> None:
        """The area's name in any style and spelling finds its record."""
        assert find_authority(style.format(record.short_name).replace(*swap)) is record

    @given(
        st.sampled_from(boards()),
        st.sampled_from(
            ["NHS {} ICB", "{} ICB", "{} Integrated Care Board", "the {} ICB (ICB)", "{} ICS"]
        ),
        st.sampled_from([(" and ", " & "), ("North West", "Northwest"), ("-", " "), (",", "")]),
    )
    def test_board_styles(self, board: BoardRecord, style: str, swap: tuple[str, str]) -> None:
        """A board's area in any style and spelling finds it."""
        area = board.name.removeprefix("NHS ").removesuffix(" Integrated Care Board")
        assert find_board(style.format(area).replace(*swap), board.start) is board

    @given(st.sampled_from(authorities()), st.sampled_from([str.upper, str.lower, str.title]))
    def test_case(self, record: AuthorityRecord, recase: type[str]) -> None:
        """A name finds its record in any case."""
        assert find_authority(recase(record.name)) is record

    def test_usual_spellings(self) -> None:
        """Every usual spelling of every authority, made by rule from the register, finds it."""
        pairs = [(name, record) for record in authorities() for name in spellings(record)]
        assert len(pairs) > 2000
        assert [(name, r.name) for name, r in pairs if find_authority(name) is not r] == []

    @pytest.mark.parametrize(
        ("name", "short_name"),
        [
            ("Blackburn", "Blackburn with Darwen"),
            ("Telford", "Telford and Wrekin"),
            ("Brighton", "Brighton and Hove"),
            ("Windsor/Maidenhead", "Windsor and Maidenhead"),
            ("Bath & NES", "Bath and North East Somerset"),
            ("Scilly Isles", "Isles of Scilly"),
            ("Tyneside, North", "North Tyneside"),
            ("Kingston", "Kingston upon Thames"),
            ("Kingston (Hull)", "Kingston upon Hull"),
            ("Newcastle", "Newcastle upon Tyne"),
            ("Co. Durham", "Durham"),
            ("Saint Helens", "St Helens"),
            ("London, City of", "City of London"),
        ],
    )
    def test_short_and_turned_forms(self, name: str, short_name: str) -> None:
        """The first of several places, abbreviations and inverted names of lists are understood."""
        assert name_of(find_authority(name)) == short_name


class TestOthers:
    """Bodies that are named like councils and have no duties for adult social care."""

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("Cumbria", "abolished"),
            ("Northants", "abolished"),
            ("Poole", "abolished"),
            ("Greater Manchester County Council", "abolished"),
            ("Greater Manchester", "combined"),
            ("West Yorkshire Combined Authority", "combined"),
            ("Any Mayoral Combined Authority", "combined"),
            ("Lincoln City Council", "district"),
            ("City and County of Swansea", "wales"),
            ("Rhondda Cynon Taf County Borough Council", "wales"),
            ("City of Edinburgh Council", "scotland"),
            ("Fife", "scotland"),
            ("Belfast", "northern-ireland"),
        ],
    )
    def test_kinds(self, name: str, kind: str) -> None:
        """Each is found by name and area with its kind, and is no authority."""
        other = find_other_authority(name)
        assert other is not None
        assert other.kind == kind
        assert find_authority(name) is None

    def test_data(self) -> None:
        """Counts are those of the law, ends have heirs, and no row is an authority's name."""
        kinds: list[str] = [other.kind for other in other_authorities()]
        expected = {"district": 164, "wales": 22, "scotland": 32, "northern-ireland": 11}
        assert {kind: kinds.count(kind) for kind in expected} == expected
        for other in other_authorities():
            assert find_authority(other.name) is None, other.name
            codes = (*other.successors, *([other.county] if other.county else []))
            assert all(map(find_authority_by_code, codes)), other.name
            assert bool(codes) == (other.kind in {"abolished", "district"}), other.name

    @given(st.sampled_from(authorities()))
    def test_no_authority_is_one(self, record: AuthorityRecord) -> None:
        """No spelling of an authority's name is that of another body."""
        assert not any(map(find_other_authority, spellings(record) - {record.short_name}))


class TestSuggestions:
    """What a name may mean that finds nobody."""

    @pytest.mark.parametrize(
        ("name", "short_names"),
        [
            ("Camden Council", ["Camden"]),
            ("Cumbria", ["Cumberland", "Westmorland and Furness"]),
            ("Lincoln", ["Lincolnshire"]),
            ("Sussex", ["East Sussex", "West Sussex"]),
            ("Hertforshire", ["Hertfordshire", "Herefordshire"]),
            ("WSCC", ["West Sussex"]),
            ("Glamorgan", []),
            ("", []),
        ],
    )
    def test_candidates(self, name: str, short_names: list[str]) -> None:
        """They are heirs, bearers of the acronym, near spellings, sharers of a word."""
        assert [record.short_name for record in suggest_authorities(name)] == short_names

    def test_limit(self) -> None:
        """No more are named than asked for."""
        assert len(suggest_authorities("LCC", 3)) == 3
        assert len(suggest_authorities("LCC")) > 3


class TestPublicNames:
    """What the register shows of itself."""

    def test_only_public_names_show(self) -> None:
        """``dir()`` has functions and classes and no module, and each of them can be had."""
        assert {"authorities", "find_authority", "boards", "AuthorityRecord"} <= set(dir(registry))
        assert all(callable(getattr(registry, name)) for name in dir(registry))


class TestFindAuthorityByAddress:
    """Councils by where their report stands."""

    @pytest.mark.parametrize(
        ("source", "short_name"),
        [
            (REPORTS + "ealing-0125-theme1-needs", "Ealing"),
            (REPORTS + "hammersmithfulham-0525/theme1/needs", "Hammersmith and Fulham"),
            (REPORTS + "Hounslow4", "Hounslow"),
            (REPORTS + "WBerkshire-0524?x=1#top", "West Berkshire"),
            ("http://cqc.org.uk./x/birmingham-cc/overall-summary", "Birmingham"),
            (REPORTS + "wigan-1125/theme2/partnerships", "Wigan"),
            (REPORTS + "derbyshirecc-0824", "Derbyshire"),
            ("seeds/hammersmith-and-fulham.txt", "Hammersmith and Fulham"),
            ("Hammersmith & Fulham report.pdf", "Hammersmith and Fulham"),
            ("hammersmith_and_fulham_2025.html.gz", "Hammersmith and Fulham"),
            ("/data/reports/harrow.txt", "Harrow"),
            ("C:\\reports\\Kent\\needs.html", "Kent"),
            ("reports/ealing-0125/partnerships.txt", "Ealing"),
            ("cqc_stockport_2025-11-03.pdf", "Stockport"),
            ("East Sussex County Council.pdf", "East Sussex"),
            ("north%20yorkshire.txt", "North Yorkshire"),
            ("reading.txt", "Reading"),
            ("Reading CQC report 2025.pdf", "Reading"),
        ],
    )
    def test_addresses_and_file_names(self, source: str, short_name: str) -> None:
        """Slugs are looked up; file and folder names are names with any separators."""
        assert name_of(find_authority_by_address(source)) == short_name

    @pytest.mark.parametrize(
        "source",
        [
            "",
            "-",
            "/",
            "report.txt",
            "partnerships-hartsmere.txt",
            "assessing-needs.txt",
            "ealing-vs-harrow.txt",
            "north-west-london.txt",
            "reading-list.txt",
            "/home/kent/reports/2025/page.txt",
            "https://www.cqc.org.uk/",
            "https://[",
        ],
    )
    def test_other_sources(self, source: str) -> None:
        """A source named after none, or several, says nothing."""
        assert find_authority_by_address(source) is None

    def test_every_slug(self) -> None:
        """Every slug of the data, with a page behind it, finds its authority."""
        for record in authorities():
            for slug in record.slugs:
                for tail in ("", "/theme2/partnerships", "-theme2-partnerships"):
                    assert find_authority_by_address(REPORTS + slug + tail) is record


class TestFindBoard:
    """Integrated care boards by name, and at a date."""

    @pytest.mark.parametrize(
        ("name", "form"),
        [
            ("NHS North West London Integrated Care Board", "board"),
            ("NHS North West London Integrated Care Board (ICB)", "board"),
            ("North West London ICB", "board"),
            ("Northwest London ICB", "board"),
            ("north-west London Integrated Care Board", "board"),
            ("NW London ICB", "board"),
            ("NWL ICB", "board"),
            ("NWLICB", "board"),
            ("North West London’s ICB", "board"),
            ("NHS North West London Integrated Care", "area"),
            ("NHS North West London", "area"),
            ("NWL", "area"),
            ("North West London", "area"),
            ("Northwest London Integrated Care System", "system"),
            ("North-West London ICS", "system"),
        ],
    )
    def test_one_board_in_many_spellings(self, name: str, form: str) -> None:
        """All spellings are one board, and say whether they name the board or its system."""
        match = match_board(name)
        assert match is not None
        assert (match.board.ods_code, match.form) == ("QRV", form)
        assert find_board(name) is match.board

    @pytest.mark.parametrize(
        ("name", "ods_code"),
        [
            ("One Devon", "QJK"),
            ("NHS Devon", "QJK"),
            ("Devon ICB", "QJK"),
            ("BNSSG ICB", "QUY"),
            ("Bath & North East Somerset, Swindon & Wiltshire ICB", "QOX"),
            ("Bedfordshire Luton and Milton Keynes ICB", "QHG"),
            ("Staffordshire and Stoke on Trent ICB", "QNC"),
            ("Hampshire and the Isle of Wight ICB", "QRL"),
        ],
    )
    def test_other_names(self, name: str, ods_code: str) -> None:
        """Names of the system, acronyms and "&" find the board."""
        assert ods_of(find_board(name)) == ods_code

    @pytest.mark.parametrize(
        "name",
        [
            "",
            "ICB",
            "NHS",
            "Integrated Care Board",
            "Devon",
            "bob",
            "nwl",
            "Hartsmere ICB",
            "GP ICB",
        ],
    )
    def test_not_boards(self, name: str) -> None:
        """A council's bare name, a word in small letters or an unknown area is no board."""
        assert find_board(name) is None

    def test_shared_acronym(self) -> None:
        """An acronym that two boards share finds neither."""
        shared = [
            acronym
            for board in boards()
            for acronym in board.acronyms
            if any(acronym in o.acronyms for o in boards() if o.ods_code != board.ods_code)
        ]
        assert all(find_board(f"{acronym} ICB") is None for acronym in shared)

    def test_abolished_board_keeps_its_name(self) -> None:
        """A board is found by its name after it was abolished, with who took over."""
        board = find_board("NHS North West London ICB", dt.date(2026, 5, 1))
        assert board is not None
        assert board.end == LAST_DAY
        assert [later.ods_code for later in successors(board)] == ["Z9B2Z"]
        assert successors(board, LAST_DAY) == (board,)

    def test_board_that_did_not_exist_yet(self) -> None:
        """A name from after the merger means nothing in an earlier report."""
        assert find_board("Essex ICB", LAST_DAY) is None
        assert ods_of(find_board("Essex ICB", MERGER)) == "D7T5G"
        assert ods_of(find_board("Essex ICB")) == "D7T5G"

    def test_code_of_the_day(self) -> None:
        """A board whose area changed has the ONS code of the day."""
        before = find_board("NHS Hampshire and Isle of Wight ICB", LAST_DAY)
        after = find_board("NHS Hampshire and Isle of Wight ICB", MERGER)
        assert before is not None
        assert after is not None
        assert before.ods_code == after.ods_code == "QRL"
        assert (before.ons_code, after.ons_code) == ("E54000042", "E54000067")

    def test_several_successors(self) -> None:
        """A board that was split has all who took over, in order."""
        board = find_board("Frimley ICB")
        assert board is not None
        assert [later.ods_code for later in successors(board)] == ["S0E4D", "S9B9J", "QRL"]


class TestBoardForAuthority:
    """The board an authority lies in."""

    def test_before_and_after_the_merger(self) -> None:
        """The board is the one of the day; without a day, the latest."""
        ealing = "E09000009"
        assert ods_of(board_for_authority(ealing, LAST_DAY)) == "QRV"
        assert ods_of(board_for_authority(ealing, MERGER)) == "Z9B2Z"
        assert ods_of(board_for_authority(ealing)) == "Z9B2Z"

    def test_before_the_boards(self) -> None:
        """There were no boards before July 2022."""
        assert board_for_authority("E09000009", dt.date(2022, 6, 30)) is None

    def test_split_authority(self) -> None:
        """An authority split between boards has no single one."""
        essex = "E10000012"
        assert board_for_authority(essex, LAST_DAY) is None
        assert len(boards_for_authority(essex, LAST_DAY)) == 3
        assert ods_of(board_for_authority(essex, MERGER)) == "D7T5G"

    def test_small_parts(self) -> None:
        """A board that covers only a small part is named on request."""
        hampshire = "E10000014"
        assert ods_of(board_for_authority(hampshire, LAST_DAY)) == "QRL"
        both = boards_for_authority(hampshire, LAST_DAY, partial=True)
        assert [board.ods_code for board in both] == ["QRL", "QNQ"]

    def test_unknown_code(self) -> None:
        """An unknown code has no board."""
        assert board_for_authority("E99999999") is None
