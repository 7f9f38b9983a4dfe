"""Which figures are read, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from cqcparse_figures import Figure, Figures

import cqcparse
from cqcparse.testing import assert_mentions, check_extractor

MARKED = [
    '<figure:percentage low="72" unit="percent" subject="care homes">72%</figure> of care homes were rated good.',
    'Only <figure:percentage low="64" qualifier="Only" subject="staff">64%</figure> of staff had completed training.',
    'About <figure:percentage qualifier="About" low="40" subject="people">40 per cent</figure> of people used it.',
    'Vacancies stood at <figure:percentage subject="Vacancies" direction="fell" direction_cue="down from" comparison="13%" compared_with="before">9%</figure>, down from <figure:percentage role="before">13%</figure>.',
    'Use stood at <figure:percentage direction="below" comparison="26%" compared_with="england" low="19">19%</figure>, below the England average of <figure:percentage role="england">26%</figure>.',
    'Data showed <figure:percentage direction="below" compared_with="target" comparison="75%">58%</figure> of people had been reviewed, against a target of <figure:percentage role="target">75%</figure>.',
    'Of the homes, <figure:percentage direction="below" compared_with="england">64%</figure> were rated good, against <figure:percentage role="england">77%</figure> for England.',
    '<figure:percentage direction="equal" compared_with="england">68%</figure> found it easy, which was in line with the England average of <figure:percentage role="england">67%</figure>.',
    '<figure:percentage compared_with="england" direction="equal">71.46%</figure> of people felt safe, which was not statistically different from the England average (<figure:percentage low="71.06" role="england">71.06%</figure>).',
    'Demand was expected to rise by <figure:percentage direction="rose">26%</figure>.',
    'There was a <figure:percentage direction="rose" low="10">10%</figure> increase in requests.',
    'Between <figure:percentage low="5" high="10">5% and 10%</figure> of calls failed.',
    'Fees rose by <figure:percentage low="4.1" period="in March 2024">4.1%</figure> in March 2024.',
    'The average time to find care had fallen from <figure:duration role="before" low="9">9 days</figure> to <figure:duration direction="fell" comparison="9 days" compared_with="before" low="3" unit="days">3</figure>.',
    'The median wait was <figure:waiting-time low="38" unit="days" subject="median wait">38 days</figure>.',
    'People waited up to <figure:waiting-time low="42" qualifier="up to">6 weeks</figure> for an assessment.',
    'It had a waiting list of <figure:waiting-time low="578">19 months</figure>.',
    'A <figure:duration low="42">6-week</figure> reablement service was free.',
    'Disputes took <figure:duration low="7" high="14">7 to 14 days</figure> to settle.',
    '<figure:count low="412" unit="people" subject="people" direction="fell" comparison="730" compared_with="before">412 people</figure> were waiting, down from <figure:count low="730" role="before" unit="people">730</figure> a year earlier.',
    'There were <figure:count low="2604" unit="concerns" period="2023/24">2,604 concerns</figure> in 2023/24.',
    'Users had grown from <figure:count role="before" low="1200">1,200</figure> to <figure:count low="3050" direction="rose" comparison="1,200">3,050 users</figure>.',
    '<figure:count low="14" unit="people">Fourteen people</figure> were waiting for home care.',
    'It had spent <figure:money low="1200000" unit="GBP" period="2023/24">£1.2m</figure> in 2023/24.',
    'A grant of <figure:money low="250000" subject="dementia care">£250,000</figure> for dementia care was made.',
    'Grants of <figure:money low="5000" high="20000">£5,000 to £20,000</figure> were paid.',
    'There were <figure:rate low="531" unit="per 100,000">531 per 100,000</figure> in the year.',
    'There were <figure:rate low="1201.5" unit="per 100,000" subject="contacts">1,201.5 contacts per 100,000</figure> people.',
    'The service scored <figure:score low="7" unit="of 10">7 out of 10</figure>.',
    'It had acted on <figure:share low="7" unit="of 9" subject="recommendations">7 of 9</figure> recommendations.',
    'Some <figure:share low="1" unit="in 5" qualifier="Some">1 in 5</figure> people completed it.',
    'More than <figure:share low="1" unit="of 2" qualifier="More than">half</figure> of people agreed.',
    'About <figure:share low="2" unit="of 3">two thirds</figure> of the homes replied.',
    'Waits ranged from <figure:waiting-time role="value">11 weeks</figure> to over <figure:waiting-time role="value">a year</figure>.',
    'The wait had gone from <figure:waiting-time role="before">10 weeks</figure> to <figure:waiting-time direction="fell">8 days</figure>.',
    'Vacancies were <figure:percentage direction="above" compared_with="england">11.3%</figure>, which was worse than the England average (<figure:percentage role="england">8.1%</figure>).',
    'A list of <figure:count role="before">1,120 people</figure> had been reduced to <figure:count direction="fell" unit="people" comparison="1,120 people">640</figure>.',
    'Use had fallen for <figure:duration direction="">4 years</figure> in a row.',
    'There were <figure:count>9 appeals</figure>, <figure:share low="2" unit="of them">2</figure> of which were upheld.',
    'It had helped <figure:count>77 people</figure>, of whom <figure:share low="29" unit="of them">29</figure> had an assessment.',
    'Staff sat with the police <figure:frequency low="2" unit="days a week">2 days a week</figure>.',
    'The board met <figure:frequency low="4" unit="times a year">four times a year</figure>.',
    'In all, <figure:rate low="11" unit="per 50,000" subject="people">11 people for every 50,000</figure> were eligible.',
    'There was a turnover rate of <figure:rate low="0.31" direction="above" comparison="0.25" compared_with="england">0.31</figure>, worse than the England average (<figure:rate role="england">0.25</figure>).',
    'The median wait was <figure:waiting-time subject="median wait">38 days</figure> and the longest was <figure:waiting-time low="214" subject="longest">214 days</figure>.',
    'The average wait was <figure:waiting-time>91 days</figure>, the longest <figure:waiting-time subject="longest">214 days</figure>.',
    'In March <figure:count>386 people</figure> were waiting, with a median wait of <figure:waiting-time subject="median wait">41 days</figure> and a maximum wait of <figure:waiting-time subject="maximum wait">297 days</figure>.',
    'Turnover was <figure:percentage subject="Turnover">13%</figure> and vacancies stood at <figure:percentage subject="vacancies">9%</figure>.',
    'The contract ran for <figure:duration subject="contract">two years</figure>, and people waited <figure:waiting-time subject="people">6 weeks</figure>.',
    'The strategy covered <figure:duration subject="strategy">two years</figure> and waiting lists had been cleared.',
    'Over <figure:duration>two years</figure> the waiting list had fallen from <figure:count role="before" subject="waiting list">512</figure> to <figure:count direction="fell" comparison="512">188</figure>.',
    'The median wait was <figure:waiting-time subject="median wait">38 days</figure> and <figure:waiting-time subject="longest">214 days</figure>, the longest, was for a man in Fern.',
    'The average wait was <figure:waiting-time subject="average wait">38 days</figure> and <figure:waiting-time subject="longest">214 days</figure> was the longest.',
    'People waited <figure:waiting-time subject="People">38 days</figure> on average, and <figure:waiting-time subject="longest">214 days</figure> at the longest.',
    'Waits for reviews averaged <figure:waiting-time subject="Waits for reviews">40 days</figure> and those for assessments <figure:waiting-time subject="those for assessments">12 days</figure>.',
    'There were <figure:count>120 people</figure> waiting, the longest for <figure:waiting-time subject="longest">214 days</figure>.',
    'The average wait was <figure:waiting-time subject="average wait">214 days</figure>, the longest in the region.',
    'The median wait was <figure:waiting-time subject="median wait">21 days</figure>, <figure:waiting-time subject="longest">214 days</figure> the longest.',
    'The ICB gave <figure:money period="2022/23">£40,000</figure> in 2022/23 and <figure:money period="2023/24">£60,000</figure> in 2023/24.',
    "They waited <figure:waiting-time>3 weeks</figure>, and then <figure:waiting-time>9 weeks</figure>.",
    "<figure:duration>Two years</figure> after the waiting list closed, staff left.",
    'The <figure:duration subject="pilot">two-year</figure> pilot reduced waiting lists.',
    "There was a <figure:waiting-time>six-week</figure> wait.",
    'It gave <figure:money period="2022/23">£1m</figure> in 2022/23, <figure:money period="2023/24">£2m</figure> in 2023/24 and <figure:money period="2024/25">£3m</figure> in 2024/25.',
    'In 2022/23 it paid <figure:money period="2022/23">£1m</figure>, in 2023/24 <figure:money period="2023/24">£2m</figure> and in 2024/25 <figure:money period="2024/25">£3m</figure>.',
    'It paid <figure:money period="2023/24">£1m</figure> to Mind and <figure:money period="2023/24">£2m</figure> to Scope in 2023/24.',
    'In 2023/24, it paid <figure:money period="2023/24">£1m</figure> to Mind, <figure:money period="2023/24">£2m</figure> to Age UK and <figure:money period="2024/25">£3m</figure> in 2024/25.',
    'It paid <figure:money period="2023/24">£1m</figure> and <figure:money period="2024/25">£2m</figure> in 2023/24 and 2024/25 respectively.',
    'Vacancies were <figure:percentage subject="Vacancies" period="2022/23">13%</figure> in 2022/23, <figure:percentage period="2023/24">11%</figure> in 2023/24 and <figure:percentage low="9" period="2024/25">9%</figure> in 2024/25.',
    'It met its target of <figure:duration role="target">28 days</figure>.',
    'Its reserves changed by <figure:percentage low="-5" high="-5">-5%</figure>.',
    'It was a change in reserves <figure:percentage low="">-5%</figure>.',
    'The variance was <figure:money low="-3000000">-£3m</figure>.',
    'It met this target in <figure:percentage role="value">81%</figure> of cases.',
]

NOTHING = [
    "The Care Act 2014 and section 75 apply.",
    "In 2023 the board met.",
    "The Carers Strategy 2023-2026 was published in May 2024.",
    "One of the teams moved.",
    "The service ran 24/7.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_figures(marked: str) -> None:
    """Exactly what is marked is found, with its attributes."""
    assert_mentions(Figures(), marked)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing(text: str) -> None:
    """Names, dates and sections are no figures."""
    assert_mentions(Figures(), text)


def test_values_are_typed() -> None:
    """Numbers are decimals and periods have dates."""
    (found,) = assert_mentions(Figures(), "Fees rose by <figure>4.1%</figure> in March 2024.")
    assert isinstance(found, Figure)
    assert found.low == found.high == Decimal("4.1")
    assert found.period is not None
    assert found.period.value is not None
    assert str(found.period.value.start) == "2024-03-01"


def test_sums_count_once() -> None:
    """A sum has the act of giving of the verb, the grant and the fund that state it."""
    report = cqcparse.Parser(plugins=False).extractors
    text = "A grant of £40,000 from the Better Care Fund had been awarded, and £9,000 was left."
    found = cqcparse.Parser([*report, Figures()], plugins=False).parse(text)
    (act,) = {fund.event_id for fund in found.funding}
    assert act
    assert [figure.event_id for figure in found.of(Figure)] == [act, None]


def test_contract() -> None:
    """The extractor keeps the contract, on hostile texts too."""
    check_extractor(Figures())


def test_is_installed(cqcparse_plugin: Callable[[str], cqcparse.extraction.PluginInfo]) -> None:
    """The entry point leads to the extractor; install the plugin before you run this."""
    assert cqcparse_plugin("figures").extractors == ("figures",)
