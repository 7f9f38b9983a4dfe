"""Texts to try extractors on: a page as reports are, of an invented council, and hostile ones."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: A page on one quality statement, with all its parts. Council, names and figures are invented.
REPORT = """\
Larkshire County Council: local authority assessment

Partnerships and communities

Score: 3
3 - Evidence shows a good standard

What people expect

I have care and support that is coordinated, and everyone works well together and with me.

The local authority commitment

We understand our duty to collaborate and work in partnership, so our services work seamlessly \
for people.

Key findings for this quality statement

Partnership working to deliver shared local and national objectives

The local authority worked with the Wend Valley Integrated Care Board (ICB) and the Larkshire \
Partnership NHS Foundation Trust. Together they had spent £2.4 million from the Better Care Fund \
in 2023/24 on a new reablement service with 24 beds, which supported people for up to 6 weeks.

Staff told us the service was "a lifeline". People waited 12 days on average, down from 30 days \
in April 2023. However, 1 in 5 unpaid carers had not been offered an assessment under the Care Act \
2014.

Working with voluntary and charity sector groups

Larkshire Carers' Trust and 3 other charities ran a befriending scheme. Grants of between £5,000 \
and £20,000 a year were planned until March 2026.

© Care Quality Commission
"""

#: Texts that are hard on extractors, by what is hard about them.
HOSTILE_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "an empty text": "",
        "white space": " \n\t\u00a0\u2003\r\n\f",
        "a NUL": "The council\0 paid £5\0 to a trust.",
        "letters that change length in lower case": "İİİ STRASSE ẞ ﬁnance ǅ",
        "letters outside the basic plane": (
            "\U0001f469\u200d\u2695\ufe0f \U0001d402\U0001d41a\U0001d42b\U0001d41e e\u0301 n\u0303"
        ),
        "lone surrogates": "The \ud800 fund \udfff paid.",
        "text from right to left": "\u202eThe fund\u202c paid שלום to مرحبا.",
        "capitals": "THE BETTER CARE FUND PAID £2M TO THE NHS TRUST. " * 20,
        "one line without an end": "the team and the fund of the board, " * 2_000,
        "thousands of names": "Larkshire Trust " * 2_000,
        "nested brackets": "(" * 2_000 + "fund" + ")" * 2_000,
        "numbers": "1,000,000.00 £££ 12/2023/24-25 %% " * 500,
        "lines of one character": "a\n" * 2_000,
        "half of a sentence": "and the fund of",
    }
)
