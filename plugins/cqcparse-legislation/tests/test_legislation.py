"""Which words name legislation, and which Act and section they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from cqcparse_legislation import Legislation, Legislations

import cqcparse
from cqcparse.testing import assert_mentions, check_extractor

MARKED = [
    'Duties under the <legislation:act act="Care Act 2014" canonical="ukpga/2014/23" basis="stated">Care Act 2014</legislation> were met.',
    'The <legislation:act canonical="ukpga/2014/23" basis="stated">Care Act</legislation> was understood.',
    'Staff knew the <legislation:act canonical="ukpga/2014/23">Care Act (2014)</legislation>.',
    '<legislation:section act="Care Act 2014" canonical="ukpga/2014/23/section/42" basis="inferred">Section 42</legislation> enquiries were timely.',
    'An enquiry under <legislation:section canonical="ukpga/2014/23/section/42" basis="stated">section 42 of the Care Act 2014</legislation> began.',
    'Under <legislation:section canonical="ukpga/2014/23/section/42/2">section 42(2) of the Care Act</legislation> it must enquire.',
    'The <legislation:section canonical="ukpga/2014/23/section/42">Care Act 2014 section 42</legislation> enquiry was closed.',
    'In <legislation:section canonical="ukpga/2014/23/section/42" basis="inferred">s42</legislation> work and under <legislation:section canonical="ukpga/2014/23/section/42">S.42</legislation> as well.',
    'A <legislation:section canonical="ukpga/2006/41/section/75" basis="stated">s.75 of the NHS Act 2006</legislation> agreement.',
    '<legislation:section canonical="ukpga/2006/41/section/75" basis="inferred">Section 75</legislation> agreements were in place.',
    'The <legislation:section canonical="ukpga/2006/41/section/75" sections="(\'75\',)">Section 75</legislation>(BCF) agreement.',
    'Aftercare under <legislation:section canonical="ukpga/1983/20/section/117" basis="stated">section 117 of the Mental Health Act 1983</legislation>.',
    'Costs of <legislation:section canonical="ukpga/1983/20/section/117" basis="inferred">S117</legislation> aftercare rose.',
    '<legislation:section canonical="ukpga/2014/23/section/9" basis="inferred">Section 9</legislation> assessments were late.',
    '<legislation:section canonical="ukpga/2014/23/section/10" basis="inferred">Section 10</legislation> carers assessments were late.',
    'People on <legislation:section canonical="ukpga/1983/20/section/17" basis="inferred">section 17</legislation> leave came home.',
    'A <legislation:section canonical="ukpga/1989/41/section/17" basis="inferred">section 17</legislation> assessment of a child in need.',
    'The <legislation:section canonical="ukpga/1972/70/section/151">section 151</legislation> officer and a <legislation:section canonical="ukpga/1988/41/section/114">section 114</legislation> notice.',
    "Under <legislation:section sections=\"('67', '68')\" basis=\"stated\">sections 67 and 68 of the Care Act 2014</legislation> advocates are offered.",
    '<legislation:section canonical="ukpga/2014/23/part/1">Part 1 of the Care Act 2014</legislation> sets duties.',
    'The authority used <legislation:section canonical="ukpga/2005/9/schedule/A1">Schedule A1 to the Mental Capacity Act 2005</legislation>.',
    'A backlog of <legislation:safeguards canonical="ukpga/2005/9/schedule/A1" act="Mental Capacity Act 2005">Deprivation of Liberty Safeguards</legislation> (<legislation:safeguards canonical="ukpga/2005/9/schedule/A1">DoLS</legislation>).',
    'Training on the <legislation:act canonical="ukpga/2005/9">Mental Capacity Act</legislation> (<legislation:act canonical="ukpga/2005/9">MCA</legislation>).',
    'The <legislation:act canonical="ukpga/2010/15">Equality Act 2010</legislation> and the <legislation:duty canonical="ukpga/2010/15/section/149">Public Sector Equality Duty</legislation>.',
    'The <legislation:act canonical="ukpga/1998/42">Human Rights Act 1998</legislation> and the <legislation:act canonical="ukpga/2022/31">Health and Care Act 2022</legislation>.',
    'The police introduced <legislation:agreement canonical="Right Care, Right Person">Right Care, Right Person</legislation>.',
    'In line with <legislation:guidance canonical="Care and support statutory guidance" act="Care Act 2014">Care Act statutory guidance</legislation>.',
    'As <legislation:guidance canonical="Statutory guidance">statutory guidance</legislation> says.',
    'The <legislation:act canonical="ukpga/1983/20" basis="inferred">Mental Health Act</legislation> office.',
    'The <legislation:act canonical="ukpga/2007/12" basis="stated">Mental Health Act 2007</legislation> and, later, the <legislation:act canonical="ukpga/2007/12" basis="document">Mental Health Act</legislation>.',
    'The <legislation:act canonical="ukpga/2014/23">Care Act 2014</legislation> is clear. The <legislation:act canonical="ukpga/2014/23" basis="document">Act</legislation> says so.',
    'The <legislation:act act="Widget Safety Act 1999" canonical="Widget Safety Act 1999">Widget Safety Act 1999</legislation> is not in the table.',
    'Data was held under <legislation:regulations canonical="eur/2016/679">UK GDPR</legislation>.',
    'The <legislation:section canonical="ukpga/1989/41/section/9" basis="stated">section 9 of the Children Act 1989</legislation> case; <legislation:section canonical="ukpga/1989/41/section/9" basis="document">section 9</legislation> again.',
    'Carer’s leave under the <legislation:act canonical="ukpga/2023/18">Carer’s Leave Act 2023</legislation>.',
]

NOTHING = [
    "Section 3 of the strategy set out plans.",
    "See section 12 for details.",
    "They had to act quickly, and did act.",
    "It cost £42 for 42 people in 42 weeks.",
    "Parts 1 and 2 of the training were well attended.",
    "His 75 sections were read.",
    "The Act",
]


@pytest.mark.parametrize("marked", MARKED)
def test_mentions(marked: str) -> None:
    """Exactly what is marked is found, with its Act, section and identifier."""
    assert_mentions(Legislations(), marked)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text: str) -> None:
    """Numbers, plans and verbs are no legislation."""
    assert_mentions(Legislations(), text)


def test_several_sections() -> None:
    """A list of sections is one mention with an identifier for each."""
    (found,) = assert_mentions(
        Legislations(),
        "Under <legislation>sections 9, 10 and 11 of the Care Act 2014</legislation>.",
    )
    assert isinstance(found, Legislation)
    assert found.sections == ("9", "10", "11")
    assert found.identifiers == tuple(f"ukpga/2014/23/section/{n}" for n in (9, 10, 11))


def test_contract() -> None:
    """The extractor keeps the contract, on hostile texts too."""
    check_extractor(Legislations(), texts=["Section 42 of the Care Act 2014 and DoLS."])


def test_is_installed(cqcparse_plugin: Callable[[str], cqcparse.extraction.PluginInfo]) -> None:
    """The entry point leads to the extractor; install the plugin before you run this."""
    assert cqcparse_plugin("legislation").extractors == ("legislation",)
