"""Readers of money, periods, durations and counts: spans as marked-up text, and what they mean."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cqcparse import Count, Money, Period, Reading
from cqcparse.grammar.quantities import (
    find_counts,
    find_durations,
    find_money,
    find_periods,
    read_number,
)

Reader: TypeAlias = Callable[..., Sequence[Reading[Any]]]
Growth: TypeAlias = Callable[[Callable[[str], object], Callable[[int], str]], float]

#: Pieces of quantities, to be thrown together.
WORDS = (
    *("£2", "3m", "to", "and", "between", "2022/23", "2023", "-", "in", "since", "a", "year"),
    *("annual", "six", "week", "5-day", "of", "beds", "people", "24", "hours", "hundred", "two"),
    *("dozen", "March", "1", "until", "end", "FY24", "p", "section", "per"),
)
READERS: tuple[Reader, ...] = (find_money, find_periods, find_durations, find_counts)


def marked(find: Reader, text: str) -> str:
    """Return *text* with what *find* reads in it put in square brackets."""
    parts, done = [], 0
    for reading in find(text):
        parts += [text[done : reading.span.start], "[", reading.text, "]"]
        done = reading.span.end
    return "".join([*parts, text[done:]])


def plain(markup: str) -> str:
    """Return *markup* without its square brackets."""
    return re.sub(r"[\[\]]", "", markup)


def only(find: Reader, text: str) -> Any:  # noqa: ANN401 - each reader has its own type
    """Return the value of the only reading in *text*."""
    (reading,) = find(text)
    return reading.value


def pounds(low: str, high: str | None = None) -> Money:
    """Return a sum, or a range, of pounds."""
    return Money(low=Decimal(low), high=Decimal(high or low))


def days(start: str | None, end: str | None) -> Period:
    """Return the period between two days in ISO format."""
    return Period(
        start=dt.date.fromisoformat(start) if start else None,
        end=dt.date.fromisoformat(end) if end else None,
    )


class TestNumbers:
    """Whole numbers in digits and in words."""

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("0", 0),
            ("45", 45),
            ("1,940", 1940),
            ("twelve", 12),
            ("twenty-five", 25),
            ("Twenty Five", 25),
            ("a hundred", 100),
            ("two hundred and six", 206),
            ("nine hundred and ninety-nine", 999),
            ("a dozen", 12),
            ("two dozen", 24),
        ],
    )
    def test_values(self, written: str, value: int) -> None:
        """Digits, words and dozens have their value."""
        assert read_number(written) == value

    @pytest.mark.parametrize("written", ["", "some", "and", "4.5", "1" * 13, "²"])
    def test_no_numbers(self, written: str) -> None:
        """What is not a whole number of at most twelve digits is none."""
        assert read_number(written) is None

    @given(st.integers(0, 10**12 - 1))
    def test_digits_with_commas(self, value: int) -> None:
        """A number printed with commas is read back."""
        assert read_number(f"{value:,}") == value


class TestMoney:
    """Pounds and pence."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("£300", pounds("300")),
            ("£212,000", pounds("212000")),
            ("£1,234,567.89", pounds("1234567.89")),
            ("£4.5m", pounds("4500000")),
            ("£4.5M", pounds("4500000")),
            ("£4.5 million", pounds("4500000")),
            ("£4.5\u00a0million", pounds("4500000")),
            ("£2-million", pounds("2000000")),
            ("£600k", pounds("600000")),
            ("£250 thousand", pounds("250000")),
            ("£1.2bn", pounds("1200000000")),
            ("£1.2 billion", pounds("1200000000")),
            ("£0.04m", pounds("40000")),
            ("£ 12", pounds("12")),
            ("GBP 5m", pounds("5000000")),
            ("50p", pounds("0.5")),
            ("75 pence", pounds("0.75")),
            ("two million pounds", pounds("2000000")),
            ("half a million pounds", pounds("500000")),
            ("a quarter of a million pounds", pounds("250000")),
            ("5,000 pounds", pounds("5000")),
            ("one and a half million pounds", pounds("1500000")),
            ("two-and-a-half million pounds", pounds("2500000")),
            ("three quarters of a million pounds", pounds("750000")),
            ("£1½ million", pounds("1500000")),
            ("£1\u00a0200\u00a0000", pounds("1200000")),
            ("£1\u202f250", pounds("1250")),
            ("£1 200 000", pounds("1200000")),
            ("£300 000", pounds("300000")),
        ],
    )
    def test_amounts(self, text: str, value: Money) -> None:
        """A whole amount is one reading with its value in pounds."""
        assert marked(find_money, text) == f"[{text}]"
        assert only(find_money, text) == value

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("£2.3 to £3 million", pounds("2300000", "3000000")),
            ("between £2 and £3 million", pounds("2000000", "3000000")),
            ("Between £2m and £3m", pounds("2000000", "3000000")),
            ("£2m-£3m", pounds("2000000", "3000000")),
            ("£2m - £3m", pounds("2000000", "3000000")),
            ("£2m–3m", pounds("2000000", "3000000")),
            ("£2-3m", pounds("2000000", "3000000")),
            ("£2 to 3 million", pounds("2000000", "3000000")),
            ("£500 to £1 million", pounds("500", "1000000")),
            ("£85,000 to £90,000", pounds("85000", "90000")),
            ("£2m to £3", pounds("2000000", "3000000")),
        ],
    )
    def test_ranges(self, text: str, value: Money) -> None:
        """A range is one reading; an end without a scale shares the other's if that is in order."""
        assert marked(find_money, text) == f"[{text}]"
        assert only(find_money, text) == value

    @pytest.mark.parametrize(
        "markup",
        [
            "spent [£2.3 to £3 million] a year from the fund",
            "It had [£21.7m] in 2023/24, of which [£2.4m] was at risk.",
            "gave [£640,000] to 34 organisations",
            "gave [£5,000] to 3 charities",
            "costs rose from [£2m] to [£3m]",
            "the grant was cut from [£90,000] to [£60,000]",
            "grants from [£500 to £5,000] were made",
            "between [£2m] in 2022 and [£3m] in 2023",
            "[£2m] and [£3m]",
            "gave [£2.5\n  million] to charities",
            "[£3]\n\nmillion",
            "at least [£5,000], 3 of them",
            "the budget fell by [£3m] to [£45m]",
            "up [£39m] (15.3%) from [£20m] to [£59m]",
            "it paid [£1], then [£2].",
            "paid [£10] per hour, up [50p]",
            "[£8m] to the charity",
            "a fee of [£300].",
            "[£5,000]-a-year grants",
            "[£24] pounds",
        ],
    )
    def test_spans(self, markup: str) -> None:
        """An amount ends where its number and scale end."""
        assert marked(find_money, plain(markup)) == markup

    @pytest.mark.parametrize(
        "text",
        [
            "58% of people",
            "an uplift of 4.1% in 2023/24",
            "5 per cent",
            "section 75",
            "£",
            "a £ sign",
            "£12,34",
            "£1.200.000",
            "£12'000",
            "£1,200 000",
            "£12 300 a week",
            "£1 million2",
            "45 refugees",
            "the 2 million people",
            "p. 12",
            "12pm",
            "v1.50p",
            "$5m",
            "£" + "9" * 40,
        ],
    )
    def test_no_money(self, text: str) -> None:
        """Percentages, counts, pages and broken numbers are not money."""
        assert marked(find_money, text) == text

    def test_amounts_have_no_needless_digits(self) -> None:
        """A value prints as a plain number, without exponent or trailing zeros."""
        values = [reading.value for reading in find_money("£4.50m, £0.50, £1,000 and £3bn")]
        assert [str(value.low) for value in values if value] == [
            "4500000",
            "0.5",
            "1000",
            "3000000000",
        ]

    @given(
        st.integers(1, 999_999),
        st.sampled_from(
            ["", "k", "K", " k", "m", "M", "mn", "bn", " thousand", " million", "-million"]
        ),
        st.sampled_from(["£{}", "£{:,}", "£ {:,}", "£\u00a0{}"]),
    )
    def test_round_trip(self, number: int, scale: str, style: str) -> None:
        """An amount written in any style is read back, whatever stands around it."""
        factor = {"k": 10**3, "t": 10**3, "m": 10**6, "b": 10**9, "": 1}[
            scale.strip(" -").lower()[:1]
        ]
        written = style.format(number) + scale
        text = f"In 2023 it spent ({written}), 5% more."
        (reading,) = find_money(text)
        assert reading.text == written
        assert reading.value == pounds(str(number * factor))

    @pytest.mark.parametrize(
        ("marked_text", "amount"),
        [
            ("The budget was [-£3m] then.", "-3000000"),
            ("The budget fell by [\u2212£3m].", "-3000000"),
            ("respite [\u2212£3m]", "-3000000"),
            ("respite\t[-£3m]\t2", "-3000000"),
            ("respite\n[(£3m)]\n", "-3000000"),
            ("The budget was [(£3m)].", "-3000000"),
            ("The budget was [£-3m].", "-3000000"),
            ("It was [minus £3m].", "-3000000"),
            ("It was [-5p].", "-0.05"),
            ("respite [-£3m]", None),
            ("It was [-£3m to £4m].", None),
            ("the fund ([£3m]) paid", "3000000"),
            ("the fund\n([£3m]) paid", "3000000"),
            ("the fund - [£3m] - paid", "3000000"),
            ("respite-[£3m]", "3000000"),
            ("2023/24\u2013[£3m]", "3000000"),
        ],
    )
    def test_signs(self, marked_text: str, amount: str | None) -> None:
        """A sign is part of the sum; where it may be a dash there is no value."""
        assert marked(find_money, plain(marked_text)) == marked_text
        assert only(find_money, plain(marked_text)) == (pounds(amount) if amount else None)

    @given(st.decimals(0, 999, places=2), st.decimals(0, 999, places=2))
    def test_ranges_round_trip(self, first: Decimal, second: Decimal) -> None:
        """A range in millions is read back with its ends in order."""
        low, high = sorted((first, second))
        value = only(find_money, f"it would take £{low}m to £{high}m")
        assert (value.low, value.high) == (low * 10**6, high * 10**6)


def years(first: int, last: int) -> Period:
    """Return the financial years from the one that begins in *first* to the end in *last*."""
    return Period(start=dt.date(first, 4, 1), end=dt.date(last, 3, 31))


class TestPeriods:
    """Stretches of the calendar and lengths of time."""

    @pytest.mark.parametrize(
        ("markup", "value"),
        [
            ("during [2022/23]", days("2022-04-01", "2023-03-31")),
            ("in [2022-23]", days("2022-04-01", "2023-03-31")),
            ("In [2023-2024] the way", days("2023-04-01", "2024-03-31")),
            ("[2023\u20132024]", days("2023-04-01", "2024-03-31")),
            ("Market Position Statement for [2022-25]", days("2022-04-01", "2025-03-31")),
            ("strategy [2021- 2025]", days("2021-04-01", "2025-03-31")),
            ("a programme from [2025-28]", days("2025-04-01", "2028-03-31")),
            ("in [1999/00]", days("1999-04-01", "2000-03-31")),
            ("in [FY 2023/24]", days("2023-04-01", "2024-03-31")),
            ("[FY2023/24]", days("2023-04-01", "2024-03-31")),
            ("[FY24]", days("2023-04-01", "2024-03-31")),
            ("the [23/24] budget", days("2023-04-01", "2024-03-31")),
            ("the [2023 to 2024] financial year", days("2023-04-01", "2024-03-31")),
            ("up 15.3% from [2022-23]", days("2022-04-01", "2023-03-31")),
            ("[2022/23 to 2024/25]", days("2022-04-01", "2025-03-31")),
            ("[between 2022/23 and 2024/25]", days("2022-04-01", "2025-03-31")),
            ("[since 2022/23]", days("2022-04-01", None)),
            ("[until 2024/25]", days(None, "2025-03-31")),
            ("[Q1 2023/24]", days("2023-04-01", "2023-06-30")),
            ("[quarter 4 of 2023/24]", days("2024-01-01", "2024-03-31")),
            ("the [third quarter of 2023/24]", days("2023-10-01", "2023-12-31")),
            ("[winter 2023/24]", days("2023-12-01", "2024-02-29")),
        ],
    )
    def test_financial_years(self, markup: str, value: Period) -> None:
        """A UK financial year runs from 1 April to 31 March, and needs no word in front."""
        assert marked(find_periods, plain(markup)) == markup
        assert only(find_periods, plain(markup)) == value

    @pytest.mark.parametrize(
        ("markup", "value"),
        [
            ("removed grants [in 2017] and", days("2017-01-01", "2017-12-31")),
            ("[since 2021]", days("2021-01-01", None)),
            ("[until March 2025]", days(None, "2025-03-31")),
            ("[by December 2023].", days(None, "2023-12-31")),
            ("[before 2023]", days(None, "2022-12-31")),
            ("[beyond March 2025]", days("2025-04-01", None)),
            ("extended [to March 2026]", days(None, "2026-03-31")),
            ("[between 2020 and 2023]", days("2020-01-01", "2023-12-31")),
            ("[from 2020 to 2023]", days("2020-01-01", "2023-12-31")),
            ("[from April 2023 to March 2024]", days("2023-04-01", "2024-03-31")),
            ("[April to September 2024]", days("2024-04-01", "2024-09-30")),
            ("[November to January 2025]", days("2024-11-01", "2025-01-31")),
            ("[June 2023 \u2013 July 2024]", days("2023-06-01", "2024-07-31")),
            ("[April 2023]", days("2023-04-01", "2023-04-30")),
            ("[In March 2023] the group", days("2023-03-01", "2023-03-31")),
            ("[February 2024]", days("2024-02-01", "2024-02-29")),
            ("[on 3rd May 2024]", days("2024-05-03", "2024-05-03")),
            ("[1 April 2023]", days("2023-04-01", "2023-04-01")),
            ("[from 1 to 5 May 2024]", days("2024-05-01", "2024-05-05")),
            ("[01/04/2023]", days("2023-04-01", "2023-04-01")),
            ("[2023-04-01]", days("2023-04-01", "2023-04-01")),
            ("[until the end of March 2025]", days(None, "2025-03-31")),
            ("[spring 2024]", days("2024-03-01", "2024-05-31")),
            ("[In 2023] people told us", days("2023-01-01", "2023-12-31")),
            ("In [23-24] the council", years(2023, 2024)),
            ("the [23-24] budget", years(2023, 2024)),
            ("’[23/’24] and", years(2023, 2024)),
            ("[2023 / 24] and", years(2023, 2024)),
            ("[2023 – 24] and", years(2023, 2024)),
            ("in [2023-\n24]. The", years(2023, 2024)),
            ("in the [year to 31 March 2024]", years(2023, 2024)),
            ("the [year ending March 2024]", years(2023, 2024)),
            ("the [financial year ending 2024]", years(2023, 2024)),
            ("the [12-month period to 31 March 2024]", years(2023, 2024)),
            (
                "the [six months ended 30 June 2024]",
                Period(start=dt.date(2024, 1, 1), end=dt.date(2024, 6, 30)),
            ),
            (
                "the [year to 14 May 2024]",
                Period(start=dt.date(2023, 5, 15), end=dt.date(2024, 5, 14)),
            ),
            ("[on 31.03.24] the", Period(start=dt.date(2024, 3, 31), end=dt.date(2024, 3, 31))),
            ("[in H1 2024]", days("2024-01-01", "2024-06-30")),
            ("the [second half of 2023/24]", days("2023-10-01", "2024-03-31")),
            ("[Q1-Q3 2024/25]", days("2024-04-01", "2024-12-31")),
            ("[autumn/winter 2024]", days("2024-09-01", "2025-02-28")),
            ("[winter/spring 2024]", days("2023-12-01", "2024-05-31")),
            ("[31.3.2024]", Period(start=dt.date(2024, 3, 31), end=dt.date(2024, 3, 31))),
            ("[on 31/03/24]", Period(start=dt.date(2024, 3, 31), end=dt.date(2024, 3, 31))),
        ],
    )
    def test_calendar(self, markup: str, value: Period) -> None:
        """A year, month or day is read with the word that dates it."""
        assert marked(find_periods, plain(markup)) == markup
        assert only(find_periods, plain(markup)) == value

    @pytest.mark.parametrize(
        ("markup", "length"),
        [
            ("a [4-year] grant", 1460),
            ("[four-year] grants", 1460),
            ("[18-month] contracts", 548),
            ("contracts of [9 to 12 months]", 274),
            ("for [two and a half years]", 913),
            ("for [a year and a half]", 548),
            ("on an [annual basis]", 365),
            ("[annual] grant funding", 365),
            ("paid [annually]", 365),
            ("£640,000 [a year]", 365),
            ("£5 [per annum]", 365),
            ("£90 [a week] for 2 days a week", 7),
            ("in the [last 2 years]", 730),
            ("the [previous 12 months]", 365),
            ("over the [next year]", 365),
        ],
    )
    def test_lengths(self, markup: str, length: int) -> None:
        """A length of time has days and no dates."""
        assert marked(find_periods, plain(markup)) == markup
        assert only(find_periods, plain(markup)) == Period(days=length)

    @pytest.mark.parametrize(
        "markup",
        [
            "an uplift in [recent years]",
            "[short-term] contracting",
            "[this financial year]",
            "agreed from [year to year]",
            "therapists over the [winter]",
            "paid [since the spring]",
            "beds for [2 winters], not from the Winter Fund",
            "money that ran only [to March]",
            "[31 February 2023]",
            "[2025/23]",
        ],
    )
    def test_without_value(self, markup: str) -> None:
        """What names no date that the words alone give is read without a value."""
        assert marked(find_periods, plain(markup)) == markup
        assert only(find_periods, plain(markup)) is None

    @pytest.mark.parametrize(
        "text",
        [
            "the Care Act 2014",
            "section 117 of the Mental Health Act 1983.",
            "the Integrated Care System Vision 2023",
            "since the 2021 census",
            "24/7 support",
            "£2,023",
            "2025/26/27",
            "down from 730 a year earlier",
            "3 years ago",
            "he was 18 years old",
            "year-on-year",
            "the May meeting",
            "a terminal illness",
            "determined and yearning",
        ],
    )
    def test_no_period(self, text: str) -> None:
        """Names, rates, ages and how long ago something was are not periods."""
        assert marked(find_periods, text) == text

    def test_two_years_are_two_periods(self) -> None:
        """Years joined by "and" are one period only behind "between"."""
        assert marked(find_periods, "2022/23 and 2023/24") == "[2022/23] and [2023/24]"

    @given(
        st.integers(1990, 2060),
        st.integers(1, 9),
        st.sampled_from(["{}/{}", "{}-{}", "{}\u2013{}"]),
        st.sampled_from([100, 10_000]),
    )
    def test_years_round_trip(self, first: int, length: int, style: str, digits: int) -> None:
        """Two years joined in any style are the financial years between them."""
        last = first + length
        written = style.format(first, f"{last % digits:02d}")
        (reading,) = find_periods(f"the plan for {written}, it said")
        assert reading.text == written
        assert reading.value == Period(start=dt.date(first, 4, 1), end=dt.date(last, 3, 31))

    @given(
        st.dates(dt.date(1980, 1, 1), dt.date(2099, 12, 31)),
        st.sampled_from(["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d"]),
    )
    def test_days_round_trip(self, day: dt.date, style: str) -> None:
        """A day written in any style is read back."""
        assert only(find_periods, f"it was agreed on {day.strftime(style)}.") == Period(
            start=day, end=day
        )


class TestDurations:
    """How long something lasts."""

    @pytest.mark.parametrize(
        ("markup", "days", "days_high"),
        [
            ("a [6-week] reablement service", 42, None),
            ("a [six-week] service", 42, None),
            ("up to [six weeks]", 42, None),
            ("a [5-day] service", 5, None),
            ("within [28 days]", 28, None),
            ("within [72 hours]", 3, None),
            ("in [36 hours]", 2, None),
            ("within [24 hours]", 1, None),
            ("in [12-18 months]", 365, 548),
            ("[6 to 8 weeks]", 42, 56),
            ("[between 9 and 12 months]", 274, 365),
            ("[2.5 years]", 913, None),
            ("[1½ years]", 548, None),
            ("for [a year and a half]", 548, None),
            ("[four-and-a-half years]", 1643, None),
            ("[a fortnight]", 14, None),
            ("within [a week]", 7, None),
            ("[20 working days]", 20, None),
            ("[3 nights] of respite", 3, None),
            ("[two weeks'] respite", 14, None),
            ("fell from [9 days] to 3", 9, None),
        ],
    )
    def test_values(self, markup: str, days: int, days_high: int | None) -> None:
        """A length is in whole days: hours rounded up, a month a twelfth of a year."""
        assert marked(find_durations, plain(markup)) == markup
        value = only(find_durations, plain(markup))
        assert (value.days, value.days_high) == (days, days_high)

    @pytest.mark.parametrize(
        ("text", "number", "number_high", "unit"),
        [
            ("a 6-week service", "6", None, "week"),
            ("for eighteen months", "18", None, "month"),
            ("in 12-18 months", "12", "18", "month"),
            ("for two and a half years", "2.5", None, "year"),
            ("within 72 hours", "72", None, "hour"),
            ("for half a day", "0.5", None, "day"),
            ("a fortnight", "1", None, "fortnight"),
        ],
    )
    def test_units(self, text: str, number: str, number_high: str | None, unit: str) -> None:
        """A length keeps the number and the unit that are printed."""
        value = only(find_durations, text)
        high = None if number_high is None else Decimal(number_high)
        assert (value.number, value.number_high, value.unit) == (Decimal(number), high, unit)

    @pytest.mark.parametrize(
        "text",
        [
            "aged 18 years old",
            "people of 65 years and over",
            "2 days a week",
            "a seven-day-a-week service",
            "24-hour care",
            "365 days a year",
            "every 6 months",
            "18-25 year olds",
            "5 day centres",
            "a year ago",
            "two years earlier",
            "in 2022/23",
            "Sunday and today",
            "£5 a week",
        ],
    )
    def test_no_duration(self, text: str) -> None:
        """Ages, rates, opening hours and points in the past are not durations."""
        assert marked(find_durations, text) == text

    @given(
        st.integers(2, 400),
        st.sampled_from([("day", 1), ("week", 7), ("year", 365)]),
        st.sampled_from(["{}-{}", "{} {}s", "{}\u00a0{}s"]),
    )
    def test_round_trip(self, number: int, unit: tuple[str, int], style: str) -> None:
        """A length in any unit and style is read back in days."""
        written = style.format(number, unit[0])
        (reading,) = find_durations(f"It took {written}.")
        assert reading.text == written
        assert reading.value is not None
        assert reading.value.days == number * unit[1]
        assert reading.value.number == number


class TestCounts:
    """Numbers of things."""

    @pytest.mark.parametrize(
        ("markup", "values"),
        [
            ("It had a theme. [12 people] came", [(12, "people")]),
            ("supported [45 refugees] to", [(45, "refugees")]),
            ("had [6 beds],", [(6, "beds")]),
            ("[eight local authorities] across", [(8, "local authorities")]),
            ("[1,940 concerns] in 2022/23", [(1940, "concerns")]),
            ("[a dozen volunteers]", [(12, "volunteers")]),
            ("[1.2 million people]", [(1_200_000, "people")]),
            ("[twenty-five carers' groups]", [(25, "carers' groups")]),
            ("[two hundred and six unpaid carers]", [(206, "unpaid carers")]),
            ("[three children's homes]", [(3, "children's homes")]),
            ("[48 extra care flats] at", [(48, "extra care flats")]),
            ("[8 North West London boroughs] as", [(8, "North West London boroughs")]),
            ("[412 people] were waiting", [(412, "people")]),
            ("[12 GPs]", [(12, "GPs")]),
            ("[45 DoLS applications]", [(45, "DoLS applications")]),
            ("[5 day centres]", [(5, "day centres")]),
            ("a [6-bed] unit", [(6, "bed")]),
            ("[45 REFUGEES] HAD", [(45, "REFUGEES")]),
            (
                "[8 London boroughs], [7 NHS trusts] and [2 specialist care providers].",
                [(8, "London boroughs"), (7, "NHS trusts"), (2, "specialist care providers")],
            ),
        ],
    )
    def test_values(self, markup: str, values: list[tuple[int, str]]) -> None:
        """A count ends with the plural noun for what is counted."""
        text = plain(markup)
        assert marked(find_counts, text) == markup
        assert [reading.value for reading in find_counts(text)] == [
            Count(value=value, unit=unit) for value, unit in values
        ]

    @pytest.mark.parametrize(
        "markup", ["[10-12 beds]", "[10 to 12 beds]", "[between 10 and 12 beds]"]
    )
    def test_ranges(self, markup: str) -> None:
        """A range of things is read, but is no single number."""
        assert marked(find_counts, plain(markup)) == markup
        assert only(find_counts, plain(markup)) is None

    @pytest.mark.parametrize(
        "text",
        [
            "section 75 agreements",
            "Section 42 enquiries",
            "s.75 agreements",
            "no. 12 beds",
            "1 in 4 people",
            "three out of four homes",
            "In 2023 people told us",
            "2022/23 grants",
            "a waiting list of 6 weeks",
            "5% of people",
            "£45 grants",
            "COVID-19 cases",
            "one provider",
            "one of the partners",
            "1 to 1 sessions",
            "5-day service",
            "score 3 areas",
            "12 of which led",
            "aged 18 to 64 people",
            "24 six",
        ],
    )
    def test_no_count(self, text: str) -> None:
        """Names, shares, years, lengths and money count nothing."""
        assert marked(find_counts, text) == text

    @given(
        st.integers(2, 999_999).filter(lambda n: not 1900 <= n < 2100),
        st.sampled_from(["beds", "community organisations", "people", "home care providers"]),
        st.sampled_from(["{} {}", "{:,} {}", "{:,}\u00a0{}"]),
    )
    def test_round_trip(self, number: int, unit: str, style: str) -> None:
        """A number with its unit is read back."""
        written = style.format(number, unit)
        (reading,) = find_counts(f"There were {written} in the borough.")
        assert reading.text == written
        assert reading.value == Count(value=number, unit=unit)


class TestAllReaders:
    """What holds for every reader and every text."""

    @pytest.mark.parametrize("find", READERS)
    def test_letters_that_fold(self, find: Reader) -> None:
        """Letters that are equal to others in small print only, such as the long s, do no harm."""
        text = (
            "£2 thousand, six weeks, seven homes, first quarter of 2023, 1st August 2023, spring "
            "2024, sep to dec 2024, £3k, last year, since 2021, 5 weeks, annual basis, 1st to 2 May "
            "2024, 2 hundred, a dozen services"
        ).translate({ord("s"): "\u017f", ord("k"): "\u212a"})
        assert all(text[r.span.start : r.span.end] == r.text for r in find(text))

    @given(
        st.text(
            alphabet="£0123456789/-., kmp%abetwnyrsoudMFYQ\n\u00a0\u2013İ\u017f\u212a", max_size=80
        )
        | st.text(max_size=60)
        | st.lists(
            st.sampled_from(WORDS),
            max_size=20,
        ).map(" ".join)
    )
    @pytest.mark.parametrize("find", READERS)
    def test_spans_agree_with_the_text(self, find: Reader, text: str) -> None:
        """Readings are quotes of the text, in order, without overlaps."""
        readings = find(text)
        done = 0
        for reading in readings:
            assert text[reading.span.start : reading.span.end] == reading.text
            assert reading.span.start >= done
            assert reading.text
            done = reading.span.end

    @pytest.mark.parametrize("find", READERS)
    def test_a_range_is_respected(self, find: Reader) -> None:
        """Only what lies inside the range is read, with offsets of the whole text."""
        inside = "between £2m and £3m in 2022/23 for 6 weeks and 45 refugees"
        text = f"£9m in 2019/20 for 9 weeks and 9 beds. {inside}. £8m in 2018/19, 8 weeks, 8 beds"
        start = text.index(inside)
        found = find(text, start, start + len(inside))
        assert found
        assert [r.text for r in found] == [r.text for r in find(inside)]
        assert all(start <= r.span.start < r.span.end <= start + len(inside) for r in found)

    @pytest.mark.parametrize("find", READERS)
    @pytest.mark.parametrize(
        "unit",
        [
            "£",
            "£1,",
            "£1 to ",
            "between £1 ",
            "1",
            "1,111",
            "2023 ",
            "2023-",
            "12/",
            "in March ",
            "one hundred and ",
            "twenty-",
            "week ",
            "a year ",
            "annual basis ",
            "5 big ",
            "6-",
            "FY ",
            "up to ",
            " ",
            "a",
            "A B ",
        ],
    )
    def test_work_is_linear(self, find: Reader, unit: str, growth: Growth) -> None:
        """Four times the text takes about four times the work, even of the worst texts."""
        assert growth(find, lambda size: unit * size) < 10
