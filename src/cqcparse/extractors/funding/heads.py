"""Head nouns of money by kind, and the words around them that decide."""

from __future__ import annotations

#: What the rules for a head are called; see :mod:`cqcparse.extractors.funding.nouns`.
HEADS: dict[str, str] = {
    **dict.fromkeys(("fund",), "fund"),
    **dict.fromkeys(("budget", "budgets"), "budget"),
    **dict.fromkeys(("grant", "grants"), "grant"),
    **dict.fromkeys(("funding",), "funding"),
    **dict.fromkeys(("funds", "money", "monies", "moneys"), "money"),
    **dict.fromkeys(("investment", "investments"), "investment"),
    **dict.fromkeys(("uplift", "uplifts", "subsidy", "subsidies", "bursary", "bursaries"), "plain"),
    **dict.fromkeys(("precept", "levy", "donation", "donations"), "plain"),
    **dict.fromkeys(("reserves",), "reserves"),
    **dict.fromkeys(("increase", "increases", "rise", "rises"), "increase"),
    **dict.fromkeys(("allocation", "allocations"), "allocation"),
    **dict.fromkeys(("payment", "payments"), "payment"),
    **dict.fromkeys(("contribution", "contributions"), "contribution"),
    **dict.fromkeys(("contract", "contracts", "contracting"), "contract"),
    **dict.fromkeys(("purchasing", "purchase", "purchases"), "purchase"),
    **dict.fromkeys(("agreement", "agreements", "arrangement", "arrangements"), "agreement"),
}

#: Words behind a head that make one phrase with it, by head.
TAILS: dict[str, frozenset[str]] = {
    "funding": frozenset(
        ["decision", "decisions", "stream", "streams", "arrangement", "arrangements", "agreement", "agreements", "settlement", "settlements", "allocation", "allocations", "package", "packages", "pot", "pots", "source", "sources", "contribution", "contributions", "formula", "uplift", "uplifts", "grant", "grants"]
    ),
    "grant": frozenset(
        ["programme", "programmes", "program", "scheme", "schemes", "funding", "fund", "funds", "allocation", "allocations", "money", "monies", "pot", "pots"]
    ),
    "budget": frozenset(["allocation", "allocations"]),
    "fund": frozenset(["money", "monies", "funding"]),
}
#: Words behind a named fund or mechanism that make one phrase with it.
NAME_TAILS = frozenset(
    ["funding", "money", "monies", "funds", "budget", "budgets", "allocation", "allocations", "grant", "investment"]
)

#: Words in front of money that say nothing about which money it is.
LOOSE = frozenset(["replacement", "much-needed", "vital"])
#: Words that narrow, and so belong to a fixed term that stands behind them.
NARROWING = frozenset(
    ["other", "local", "limited", "additional", "extra", "joint", "national", "total", "neighbouring", "remaining", "further", "unspent", "underspent", "integrated", "interim", "dedicated", "minimum", "core", "statutory", "individual", "separate"]
)
#: Words that may share the head of the conjunct behind them: "capital and revenue funding".
SHARING = frozenset(
    ["capital", "revenue", "national", "local", "block", "spot", "short-term", "long-term", "health", "nhs", "statutory", "core", "charitable", "council", "government", "authority", "icb", "project", "annual", "regional", "joint", "recurrent", "recurring", "one-off", "3-year", "community", "voluntary", "social", "short", "medium"]
)
#: Words in front of "budget" that make it a delegated or pooled one.
SHARED_BUDGETS = frozenset(["delegated", "devolved", "aligned", "pooled", "shared"])
#: What stands behind "budget" where the budget itself is not meant.
BUDGET_PEOPLE = frozenset(["holder", "holders", "manager", "managers", "holding"])
#: What stands behind "money" where it is about somebody's own.
OWN_MONEY = frozenset(
    ["advice", "management", "matters", "worries", "skills", "laundering", "guidance", "problems", "adviser", "advisers", "advisor", "advisors", "mentor", "mentors", "manager", "handling"]
)
#: Words that an investment of effort, not money, goes into or is made of.
NO_MONEY = frozenset(
    ["relationship", "relationships", "partnership", "partnerships", "engagement", "culture", "time", "collaboration", "conversations", "conversation", "trust", "communication", "effort", "energy", "listening", "leadership", "values", "understanding", "emotional", "personal", "co-production", "coproduction", "collaborative"]
)
#: Words that say what an allocation or contribution consists of.
FINANCIAL = frozenset(
    ["budget", "budgets", "funding", "financial", "grant", "grants", "money", "monetary", "capital", "revenue", "cash", "client", "fund", "funds", "assessed", "bcf", "icb", "nhs", "government", "council", "fee", "care", "agency", "partner", "employer", "means-tested", "member"]
)
#: Payments that are not money for a purpose.
BARE_PAYMENTS = frozenset(["late", "prompt", "timely", "delayed", "missed", "overdue"])
#: Words that state the term, price or form of a contract.
CONTRACT_FORMS = frozenset(
    ["block", "spot", "framework", "rolling", "fixed-term", "fixed-price", "fixed-rate", "fixed-fee", "standard-form", "alliance", "outcomes-based", "outcome-based", "outcome-focused", "cost-and-volume", "cost-per-case", "call-off", "multi-year", "single-year", "open-ended", "time-limited", "short-term", "long-term", "medium-term", "longer-term", "shorter-term", "annual", "standing", "zero-value", "nil-value", "guaranteed-hours", "payment-by-results", "year-long", "month-long", "one-off", "lead-provider", "prime-provider", "in-year", "1-year", "one-year"]
)
#: What is bought by block or spot, without the word contract.
PURCHASES = frozenset(("block", "spot"))
#: Units of the term of a contract: "contracts of 9 to 12 months".
TERM_UNITS = frozenset(["month", "months", "year", "years", "week", "weeks"])
#: Words that make an agreement one about money or delegation, with the type they give it.
AGREEMENTS: dict[str, str] = {
    **dict.fromkeys(["risk-share", "risk-sharing", "gain-share", "gain-sharing", "cost-share"], "mechanism"),
    **dict.fromkeys(["cost-sharing", "pooling", "pooled", "delegated", "delegation"], "mechanism"),
    **dict.fromkeys(("funding", "grant", "budget", "payment"), "stream"),
    "framework": "contract",
}
#: Words in front of "commissioning arrangements" that hand over the power to spend.
DELEGATING = frozenset(("delegated", "lead", "devolved"))

#: Seasons in which extra money comes.
SEASONS = frozenset(("winter", "summer"))

#: Bodies that give money and need no capital.
GIVERS = frozenset(["government", "council", "authority", "authorities", "councils", "lottery"])
#: What may stand after "pool" or "pooling".
POOLABLE = frozenset(
    ["budget", "budgets", "resource", "resources", "fund", "funds", "funding", "money", "monies", "finances", "investment", "spending"]
)
