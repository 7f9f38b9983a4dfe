"""Who was assessed: read from the title, the address or the body, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import Diagnostic, Document, Section, Span
from cqcparse.model import Authority
from cqcparse.registry import AuthorityRecord, authorities
from cqcparse.structure.authority import identify_authority

Growth: TypeAlias = Callable[[Callable[[str], object], Callable[[int], str]], float]

REPORTS = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/"
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
#: Pieces of texts that name councils, to be thrown together.
PIECES = (
    *(record.name for record in authorities()[:40]),
    *(": local authority assessment", "\n", "in", "Council", "and", ",", "İ", "NHS Trust"),
)
TITLE = ": local authority assessment\n\nSafeguarding\n\nScore: 3\n"


def identify(
    text: str, source: str | None = None
) -> tuple[Authority | None, tuple[Diagnostic, ...]]:
    """Return the authority of a text and what is doubtful."""
    return identify_authority(Document(text=text, source=source))


def found(text: str, source: str | None = None) -> Authority:
    """Return the authority of a text, which must have one."""
    authority, _ = identify(text, source)
    assert authority is not None
    return authority


def codes(text: str, source: str | None = None) -> list[str]:
    """Return the codes of the diagnostics of a text."""
    return [diagnostic.code for diagnostic in identify(text, source)[1]]


class TestTitle:
    """The title line decides."""

    @pytest.mark.parametrize(
        ("line", "printed", "name"),
        [
            (
                "Hammersmith and Fulham: local authority assessment",
                "Hammersmith and Fulham",
                "Hammersmith and Fulham",
            ),
            (
                "London Borough of Camden: local authority assessment",
                "London Borough of Camden",
                "London Borough of Camden",
            ),
            ("Camden: local authority assessment", "Camden", "London Borough of Camden"),
            ("CAMDEN: LOCAL AUTHORITY ASSESSMENT", "CAMDEN", "London Borough of Camden"),
            ("Camden: local authority assessment \r", "Camden", "London Borough of Camden"),
            (
                "# Kent County Council: local authority assessment - Care Quality Commission",
                "Kent County Council",
                "Kent County Council",
            ),
            (
                "Home > Reports > Kent County Council: local authority assessment",
                "Kent County Council",
                "Kent County Council",
            ),
            (
                "Kent County Council \u2013 local authority assessment report",
                "Kent County Council",
                "Kent County Council",
            ),
            (
                "Local authority assessment: Kent County Council",
                "Kent County Council",
                "Kent County Council",
            ),
            (
                "Suffolk County Council assessment",
                "Suffolk County Council",
                "Suffolk County Council",
            ),
            ("St Helens assessment", "St Helens", "St Helens Borough Council"),
        ],
    )
    def test_known_names(self, line: str, printed: str, name: str) -> None:
        """The register's name stands for the printed one, and the span is the printed one."""
        text = f"\n{line}\n\nSafeguarding\n"
        authority = found(text)
        assert authority.span is not None
        assert text[authority.span.start : authority.span.end] == printed
        assert (authority.name, authority.basis) == (name, "title")
        assert authority.ons_code is not None
        assert codes(text) == []

    @pytest.mark.parametrize(
        ("name", "short_name"),
        [
            ("Royal Borough of Hartsmere", "Hartsmere"),
            ("The London Borough of Hartsmere", "Hartsmere"),
            ("Brackenshire County Council", "Brackenshire"),
            ("Calderfold Metropolitan Borough Council", "Calderfold"),
            ("City of Eastmarch Council", "Eastmarch"),
            ("Eastmarch", "Eastmarch"),
        ],
    )
    def test_unknown_names(self, name: str, short_name: str) -> None:
        """A name the register does not know is taken as printed, without a code."""
        authority = found(name + TITLE)
        assert (authority.name, authority.short_name) == (name, short_name)
        assert (authority.ons_code, authority.basis) == (None, "title")
        assert authority.span == Span(0, len(name))

    @pytest.mark.parametrize(
        "lines",
        [
            "{}: local authority\nassessment",
            "{}: local\nauthority assessment",
            "{}:\nlocal authority assessment",
            "# {}\r\n\r\nLocal authority assessment",
            "Local authority assessment\n{}",
            "Local authority assessment:\n\n{}",
            "{}: pilot local authority assessment",
            "{}: local authority assessment (pilot)",
            "{}: local authority assessment, May 2025",
            "{}’s local authority assessment",
            "**{}**: local authority assessment",
            "CQC local authority assessment: {}",
        ],
    )
    @pytest.mark.parametrize("name", ["Lincolnshire", "Bournemouth, Christchurch\nand Poole"])
    def test_wrapped_and_decorated(self, lines: str, name: str) -> None:
        """A title may be wrapped over lines, and may say that it is a pilot's or of which year."""
        if lines.endswith("{}"):
            name = name.replace("\n", " ")
        text = lines.format(name) + "\n\nSafeguarding\n"
        authority = found(text)
        assert authority.span is not None
        assert text[authority.span.start : authority.span.end].removesuffix("’s") == name
        assert (authority.basis, codes(text)) == ("title", [])
        assert authority.ons_code in {"E10000019", "E06000058"}

    @pytest.mark.parametrize(
        "line",
        [
            "{}: local authority assesment",
            "{}: local authorty assessment",
            "{} adult social care assessment",
            "{} County Council CQC assessment",
            "{} | CQC assessment report",
            "Adult social care assessment: {}",
            "Assessment of {}",
            "Report on the CQC assessment of the {} local authority",
        ],
    )
    def test_unusual_titles(self, line: str) -> None:
        """A title the Commission does not print, or a misspelt one, is read and told."""
        text = line.format("Lincolnshire") + "\n\nSafeguarding\n"
        assert found(text).ons_code == "E10000019"
        assert found(text).basis == "title"
        assert codes(text) == ["authority-inferred"]

    @pytest.mark.parametrize(
        ("name", "severity", "said"),
        [
            ("Cumbria", "warning", "31 March 2023, and its area is now that of Cumberland Council"),
            ("Greater Manchester Combined Authority", "warning", "a combined authority"),
            ("Cardiff", "warning", "of Wales"),
            ("Fife Council", "warning", "of Scotland"),
            ("Lincoln City Council", "warning", "those of Lincolnshire County Council"),
            ("Hertforshire", "info", "near to 'Hertfordshire County Council'"),
            ("Royal Borough of Hartsmere", "info", "not in the register"),
        ],
    )
    def test_not_in_the_register(self, name: str, severity: str, said: str) -> None:
        """A title with another body's name is told, and why it has no code."""
        (diagnostic,) = identify(name + TITLE)[1]
        assert (diagnostic.code, diagnostic.severity) == ("authority-not-in-register", severity)
        assert said in diagnostic.message
        assert diagnostic.span == Span(0, len(name))
        assert found(name + TITLE).ons_code is None

    @pytest.mark.parametrize(
        "text",
        [
            "Financial assessment",
            "Needs assessment for Camden",
            "The board carried out an assessment of Camden",
            "Carers assessment",
            "How we assess local authorities",
            "Local authority assessment",
            "CQC: local authority assessment",
            "We read the local authority assessment: a long one.",
            "This was the local authority assessment",
            "A: " + "very " * 60 + ": local authority assessment",
            "Score: 3\n" * 200 + "Kent: local authority assessment",
        ],
    )
    def test_no_title(self, text: str) -> None:
        """Headings and sentences with the same words are no title."""
        assert identify(text)[0] is None
        assert codes(text) == ["authority-unknown"]

    def test_title_and_address_disagree(self) -> None:
        """The title is believed, and a diagnostic says that the address names another."""
        text = "Kent County Council" + TITLE
        (diagnostic,) = identify(text, REPORTS + "camden-0225")[1]
        assert found(text, REPORTS + "camden-0225").short_name == "Kent"
        assert diagnostic.code == "authority-conflict"
        assert diagnostic.span == Span(0, len("Kent County Council"))
        assert "London Borough of Camden" in diagnostic.message

    def test_title_and_address_agree(self) -> None:
        """Two names of one authority are no conflict."""
        assert codes("Camden" + TITLE, "reports/london-borough-of-camden.txt") == []


class TestAddress:
    """Without a title the address or file name says it."""

    @pytest.mark.parametrize("source", [REPORTS + "camden-0225/theme1/needs", "camden.txt"])
    def test_source(self, source: str) -> None:
        """The authority has no span, for it stands nowhere in the text."""
        authority = found("Safeguarding\n\nScore: 3\n", source)
        assert (authority.short_name, authority.basis) == ("Camden", "url")
        assert authority.span is None

    def test_given(self) -> None:
        """What the caller says settles it, known or not."""
        document = Document(text="Kent" + TITLE)
        for name, code in (("Camden Council", "E09000007"), ("Hartsmere", None)):
            authority, doubts = identify_authority(document, given=name)
            assert authority is not None
            assert (authority.ons_code, authority.basis, doubts) == (code, "given", ())


class TestBody:
    """Without title and address the names in the text are weighed."""

    @pytest.mark.parametrize("name", ["ealing", "harrow", "hammersmith-and-fulham"])
    def test_seeds_without_their_titles(self, name: str) -> None:
        """A real report names its authority often enough, or well enough, to be recognised."""
        lines = (SEEDS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if "local authority assessment" not in line)
        authority = found(text)
        assert authority.short_name.lower().replace(" ", "-") == name
        assert authority.basis == "body"
        assert codes(text) == ["authority-inferred"]

    @pytest.mark.parametrize(
        ("text", "short_name"),
        [
            ("Staff at Leeds City Council told us. Residents of Bradford moved.", "Leeds"),
            ("People in Brent were happy. Neighbouring Harrow was busier. Brent led.", "Brent"),
            (
                "Medway Council worked with Kent Police. People in Medway told us this.",
                "Medway",
            ),
            (
                "In Salford it met Manchester University NHS Trust. Salford local authority led.",
                "Salford",
            ),
            (
                "Sheffield Teaching Hospitals NHS Trust met Barnsley Council. In Barnsley, yes.",
                "Barnsley",
            ),
            ("Overall rating for Staffordshire County Council: 75%", "Staffordshire"),
            ("Hertfordshire County Council scored 78 out of 100 overall", "Hertfordshire"),
            (
                "Carers in Bath and North East Somerset were heard in Bath. BANES",
                "Bath and North East Somerset",
            ),
            ("Reading Borough Council helped. In Reading, people read.", "Reading"),
            ("Staff in Reading were proud. Reading groups met.", "Reading"),
            ("In Kingston upon Hull, as in Hull City Council, yes.", "Kingston upon Hull"),
        ],
    )
    def test_how_a_council_is_named(self, text: str, short_name: str) -> None:
        """A council acting or lived in outweighs neighbours and names of trusts."""
        assert found(text).short_name == short_name

    @given(st.sampled_from(authorities()))
    def test_any_council_is_recognised(self, record: AuthorityRecord) -> None:
        """A report that names its council as reports do is recognised, whichever council it is."""
        text = (
            (SEEDS / "ealing.txt").read_text(encoding="utf-8").replace("Ealing", record.short_name)
        )
        assert found(text).ons_code == record.ons_code

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "The local authority had a plan.",
            "Reading groups were popular. Bury the hatchet.",
            "University of Manchester research with Salford Royal NHS Trust",
            "Leeds and Bradford",
            "Kent Council and Surrey Council agreed.",
            "The Youth Council met the Parish Council.",
            "Some drove to kent.",
            "North West London and South Essex",
            "New York Council met. In New York, New York local authority led.",
        ],
    )
    def test_nothing_stands_out(self, text: str) -> None:
        """Without enough to go by nobody is named, and a diagnostic says so."""
        assert identify(text)[0] is None
        (diagnostic,) = identify(text)[1]
        assert (diagnostic.code, diagnostic.severity) == ("authority-unknown", "error")

    def test_how_sure(self) -> None:
        """The diagnostic says how often it is named, what else is, and how sure that makes it."""
        _, (sure,) = identify("In Leeds, Leeds City Council led. Leeds local authority did.")
        _, (unsure,) = identify("Leeds City Council met people from all over Wakefield.")
        assert (sure.severity, unsure.severity) == ("info", "warning")
        assert "3 times (fairly sure" in sure.message
        assert "Wakefield" in unsure.message

    def test_span_is_the_best_naming(self) -> None:
        """The span is the place that says most clearly who it is."""
        text = "Leeds was busy. Leeds City Council led. People in Leeds."
        span = found(text).span
        assert span is not None
        assert text[span.start : span.end] == "Leeds City Council"

    def test_council_the_register_does_not_know(self) -> None:
        """A council that is named as one is found without the register."""
        authority = found("Brackenshire County Council had a plan.")
        assert (authority.name, authority.short_name) == (
            "Brackenshire County Council",
            "Brackenshire",
        )
        assert authority.ons_code is None

    def test_footers_do_not_count(self) -> None:
        """Links to other reports below the text are not about the one assessed."""
        text = "In Leeds people said.\n\nKent County Council, Kent local authority"
        span = Span(text.index("Kent"), len(text))
        footer = Section(role="footer", title=None, level=0, span=span, own=span, body=span)
        authority, _ = identify_authority(Document(text=text), (footer,))
        assert authority is not None
        assert authority.short_name == "Leeds"


class TestAnyText:
    """What holds for every text."""

    @given(
        st.text(max_size=80)
        | st.lists(
            st.sampled_from(PIECES),
            max_size=12,
        ).map(" ".join),
        st.none() | st.sampled_from(["x.txt", "leeds.txt", REPORTS + "camden-0225"]),
    )
    def test_spans_lie_in_the_text(self, text: str, source: str | None) -> None:
        """An authority has a name; a span is a place in the text; no authority is diagnosed."""
        authority, doubts = identify(text, source)
        if authority is None:
            assert [doubt.code for doubt in doubts] == ["authority-unknown"]
            return
        assert authority.name
        assert authority.short_name
        assert authority.span is None or 0 <= authority.span.start < authority.span.end <= len(text)

    @given(st.sampled_from(authorities()))
    def test_every_title(self, record: AuthorityRecord) -> None:
        """The title of every authority of the register finds it."""
        assert found(record.name + TITLE).ons_code == record.ons_code

    @pytest.mark.parametrize(
        "unit",
        [
            "local authority assessment",
            "x: local authority assessmen\n",
            "the: local authority assessment\n",
            "Leeds ",
            "Leeds and ",
            "Aaa Bbb ",
            "Aaa-",
            "A",
            "> ",
            "\n",
            "North ",
        ],
    )
    def test_work_is_linear(self, unit: str, growth: Growth) -> None:
        """Four times the text takes about four times the work, even of the worst texts."""
        assert growth(identify, lambda size: unit * size) < 10
