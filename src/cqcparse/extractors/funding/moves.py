"""Who gives what to whom, and what for: verbs that move money, by the shared frames."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from cqcparse.extractors.funding.drafts import Draft, Range, event_of, give, tie
from cqcparse.extractors.funding.scope import Amount, Scope, Term
from cqcparse.grammar import Clause, Frame

#: Where a clause ends; a list may go on, but not with a time: ", and over the next year it".
_STOP = re.compile("[sxvEB]|k(?!(?:no)?d)|yr|yc[bwfmthik]{0,2}dy?[nq]")
#: No time stands further behind its verb than this many chunks.
_REACH = 80
_TIES = re.compile("nw[nd](?:in)?|nE(?=[sy])")
#: Tails that say what something is done with, so that they show what it is.
_INTO = ("in", "into", "on")


def find_events(scope: Scope) -> Iterator[Draft]:
    """Yield the verbs that move money, in order; that money is filled too."""
    layers, frames = scope.layers, scope.layers.frames
    for chunk, letter in enumerate(layers.chunks):
        if letter not in "vx":
            continue
        verb = layers.extent(chunk)[1]
        for frame in (
            frames.named(layers.low[verb], layers.low[verb + 1]) if verb not in scope.at else ()
        ):
            if not frame.needs or frame.name in layers.without:
                continue
            if frame.needs != ("money",) or scope.is_near(verb):
                move = Move(scope=scope, chunk=chunk, frame=frame, clause=layers.clause(chunk))
                event = move.read()
                if event and frame.event:
                    yield event


@attrs.define(kw_only=True)
class Move:
    """A verb that may move money, with what fills its roles."""

    scope: Scope
    chunk: int
    frame: Frame
    clause: Clause
    #: The money that is moved.
    money: Draft | None = None
    #: A sum that is moved.
    amount: Amount | None = None
    #: Money in the place of the giver: "the grant paid for a minibus".
    source: Draft | None = None
    values: dict[str, Range] = attrs.field(factory=dict)

    def read(self) -> Draft | None:
        """Fill the roles; return the verb if it moves money here, with what it says shared."""
        self._place_moved()
        self._place_roles()
        self._place_aim()
        return self._event() if self._moves() else None

    def _place_moved(self) -> None:
        """Find the money or sum that the verb is about, and money that acts."""
        scope, clause = self.scope, self.clause
        moved = [*clause.theme, *([clause.goal] if clause.goal else ())]
        if self.frame.about == "agent" and clause.agent:
            chunk = scope.layers.chunk_at(clause.agent[0])
            hung = scope.row[chunk - 1] in "fmt" and scope.row[chunk + 1] in "ry"
            # "funding for the pilot, which came from the ICB"
            moved = [clause.agent, *([scope.layers.extent(chunk - 2)] if hung else ())]
        if not self._is_whole:
            still = self.frame.name in ("use", "come")
            found = (scope.money_in(one, still=still) for one in moved)
            self.money = next((one for one in found if one), None)
            self.amount = next((s for one in sorted(moved) if (s := scope.sums.within(*one))), None)
        if self.money and "goal" in self.frame.roles and (taker := self._taker(self.money)):
            self.values["recipient"] = taker

    @property
    def _is_whole(self) -> bool:
        """Whether its object is what is paid for, never the money itself."""
        return "theme" in self.frame.needs and "goal" not in self.frame.roles

    def _taker(self, money: Draft) -> Range | None:
        """Return who stands in front of the money they are given: "gave 12 groups grants"."""
        layers, last = self.scope.layers, money.first - 1
        first = layers.extent(layers.chunk_at(money.first))[0]
        return (first, last) if last >= first and layers.tags[last] == "N" else None

    def _place_roles(self) -> None:
        """Fill the roles, tails in the order of the text: a purpose holds the tails within it."""
        scope, clause = self.scope, self.clause
        done, to = -1, clause.tails.get("to")
        handed = clause.goal or (to and not scope.is_time(to))
        for role in ("agent", "theme", "goal", *clause.tails):
            place = clause.role(role)
            if role == "theme" and not (place or self.frame.object):
                place = clause.agent
            name = self._attribute(role, place)
            within = place is not None and clause.verb < place[0] <= done
            given = role == "theme" and not self._is_whole and handed
            if not place or not name or given or (within and not self._ends_purpose(name, place)):
                continue
            if name in self.values:
                if name == "funder":  # "paid for an officer from its reserves"
                    self.source = self.source or scope.money_in(place)
            elif name == "money":
                self._take(place)
            elif name == "purpose" or (name == "recipient" and role == "for"):
                done = self._place_for(name, place)
            elif role not in ("theme", "goal") or self._is_whole or not scope.is_money(place):
                self.values[name] = place

    def _place_for(self, name: str, place: Range) -> int:
        """Fill a purpose or what is paid for, with its list; return where it ends."""
        scope, layers = self.scope, self.scope.layers
        first = layers.chunk_at(place[0])
        whole = layers.whole_phrase(first)
        last = layers.chunk_at(whole[1])
        listed = (
            "c" in scope.row[first:last] and scope.row[first + 1] != "I"
        )  # "boilers to be fitted and"
        self.values[name] = kept = whole if name == "purpose" or listed else place
        if name == "purpose":
            return kept[1]
        aim = layers.extent(max(scope.row.find("I", first + 1, last), 0))[0]
        told = {"be", "discharge"}.isdisjoint(
            layers.low[aim - 1 : whole[1]]
        )  # "discharge to assess"
        if aim > place[0] and told:  # "for a nurse to visit people"
            self.values[name] = kept[0], min(kept[1], aim - 1)
            self.values["purpose"] = aim, whole[1]
        elif scope.money_in(self.clause.agent):
            self.values["purpose"] = whole  # what a fund pays for is its aim, too
        return whole[1] if "purpose" in self.values else kept[1]

    def _attribute(self, role: str, place: Range | None) -> str | None:
        """Return what a role fills; who stands behind "with" pays too: "funded with the ICB"."""
        scope, clause = self.scope, self.clause
        if place is None or scope.is_time(place) or (role == "agent" and scope.is_price(place)):
            return None
        if role == "from" and scope.is_sum(place):
            return None  # "the rate rose from £17 to £19"
        makes = self.frame.roles.get("agent") == "money" and not self.amount
        made = self._is_whole or makes
        if role == "for" and made and clause.voice == "active":
            return None  # "funded sessions for carers": the sessions are for them
        name = self.frame.roles.get(role)
        another = role == "for" and self._is_for_another(place)
        named = scope.layers.tags[place[0]] in "DQ#WR" and not self.money
        pays = self.frame.roles.get("for") == "recipient"
        bare = role == "towards" and not named and not pays
        if name == "recipient" and (another or bare):  # "towards building costs"
            name = "purpose"
        if role == "for" and place[1] < clause.verb and place[1] in scope.at:
            return None  # "an agreement, for which it paid £2m"
        priced = scope.sums.within(*place)
        if name == "funder" and role != "agent" and priced and not scope.money_in(place):
            self.amount = self.amount or priced
            return None  # "funded through a £9,000 award from the lottery"
        joins = name == "money" and role == "with" and clause.voice != "active"
        if not joins or scope.is_money(place):
            return name
        gives = True in scope.layers.caps[place[0] : place[1] + 1] or scope.is_word(
            place[1], "givers"
        )
        return "funder" if gives else None

    def _is_for_another(self, place: Range) -> bool:
        """Return whether what stands behind "for" is not the thing paid for: "paid Mind for it"."""
        paid = self.money or self.amount or "recipient" in self.values
        return bool(paid) or self.scope.row[self.scope.layers.chunk_at(place[0])] == "G"

    def _take(self, place: Range) -> None:
        found = self.scope.money_in(place)
        if self.money:
            self.source = self.source or found
        else:
            self.money = found
        self.amount = self.amount or self.scope.sums.within(*place)
        if self.money and not self.money.proper:  # "cut its grant to £9,000"
            self.money.amount = self.money.amount or self.amount

    def _ends_purpose(self, name: str, place: Range) -> bool:
        """Return whether a tail within the purpose says who gets it or what pays, and ends it."""
        caps = self.scope.layers.caps
        if not (caps[place[0]] if name == "recipient" else self.scope.money_in(place)):
            return False
        self.values["purpose"] = self.values["purpose"][0], place[0] - 2
        return True

    def _place_aim(self) -> None:
        """Take the aim that stands in front of the clause."""
        scope = self.scope
        start = scope.layers.last_of("s", self.chunk) + 1
        if "to do" in self.frame.roles and scope.row[start] == "I":
            whole = scope.layers.whole_phrase(start)
            behind = scope.layers.chunk_at(whole[1]) + 1
            if re.fullmatch("y[^vxEBs]+", scope.row[behind : self.chunk]):
                self.values.setdefault("purpose", whole)  # "To support carers, the council paid"

    def _moves(self) -> bool:
        """Return whether the verb moves money here."""
        clause, frame, layers = self.clause, self.frame, self.scope.layers
        acts = frame.roles.get("agent") == "money"
        if acts and self.scope.row[self.chunk] in "IGB":
            return False  # "used to expand the hub" is what for
        places = [*clause.theme, *(clause.tails.get(word) for word in _INTO)]
        front = max(clause.verb - 3, 0)
        if clause.agent and clause.agent[1] < clause.verb:  # the Better Care Fund is not "better"
            front = max(front, clause.agent[1] + 1)
        places.append((front, min(clause.verb + 2, len(layers) - 1)))
        if frame.types:
            places = [clause.agent]
        tokens = (token for one in places if one for token in range(one[0], one[1] + 1))
        about = {layers.low[token] for token in tokens if self._counts(token)}
        if not self.amount and not about.isdisjoint(frame.not_about):
            return False
        if frame.types and (self.money is None or self.money.type not in frame.types):
            return False
        money = self.money or self.amount or self.scope.money_in(clause.tails.get("to"))
        return any(money if need == "money" else clause.role(need) for need in frame.needs)

    def _counts(self, token: int) -> bool:
        """Return whether a word says what a phrase is: "day care" is no day."""
        chunk = self.scope.layers.chunk_at(token)
        return self.scope.row[chunk] != "n" or self.scope.layers.extent(chunk)[1] == token

    def _own(self) -> Iterator[tuple[str, Range]]:
        """Yield the values; who makes a contract possible does not pay it, or get another's."""
        money = self.money if self._is_contract and not self.frame.event else None
        for name, place in self.values.items():
            let = name == "recipient" and money and "recipient" in money.values
            pays = let and (not self.frame.types or self.scope.is_word(place[1], "givers"))
            if not money or not (name == "funder" or pays):
                yield name, place

    @property
    def _is_contract(self) -> bool:
        return self.money is not None and self.money.type == "contract"

    def _event(self) -> Draft:
        scope, money = self.scope, self.money
        event = event_of(scope.layers, self.clause.verb, self.frame.name)
        event.period = self._period() if "when" in self.frame.roles else None
        event.amount = self.amount or (money.amount if money and not money.proper else None)
        for name, place in self._own():
            scope.fill(event, name, self._with_ties(place) if name == "recipient" else place)
        agent = self.clause.agent
        if event.amount is None and agent and scope.measures(scope.layers.chunk_at(agent[0])):
            event.amount = scope.sums.within(*agent)  # "£2m of the fund paid for"
        self._negate(event)
        payer = scope.money_in(self.values.get("funder"))
        passive = self.clause.voice != "active"
        if payer and passive and not payer.proper and payer.values.get("funder"):
            event.values["funder"] = payer.values["funder"]  # "paid by a grant from the lottery"
        drawn = [one for one in (self.source, payer) if one and one is not money]
        low, verb = scope.layers.low, money.verb if money else None
        known = scope.layers.frames.named(low[verb], low[verb + 1]) if verb else ()
        spent = any(frame.event for frame in known)  # "spent £9,000 on a course, run by Mind"
        if money and not (spent and self.frame.roles.get("agent") == "money"):
            tie(money, event)
        for one in drawn:
            if one is not payer or not money or not one.proper:
                spent = "recipient" in one.values or "purpose" in one.values
                one.verb = one.verb if one.verb and spent else event.verb
                if not self.frame.event:
                    give(event, one)
            elif "negation" in event.values:  # "received no funding from the fund"
                one.values.setdefault("negation", event.values["negation"])
        taker = scope.money_in(self.values.get("recipient"))
        if taker and taker is not money and "funder" in event.values and not taker.proper:
            taker.values.setdefault("funder", event.values["funder"])
        return event

    def _with_ties(self, place: Range) -> Range:
        """Return who gets it with what says who is meant: "people with autism"."""
        layers, chunk = self.scope.layers, self.scope.layers.chunk_at(place[1])
        tied = _TIES.match(self.scope.row, chunk) if self.scope.is_word(place[1], "many") else None
        return (place[0], layers.extent(tied.end() - 1)[1]) if tied else place

    def _negate(self, event: Draft) -> None:
        """Note what denies the verb, or says that nothing shows it: "no evidence that it paid"."""
        layers, told = self.scope.layers, self.scope.layers.last_of("skr", self.chunk)
        places = [*range(*layers.extent(self.chunk))]
        if self.scope.row.startswith("nr", max(told - 1, 0)):
            places.append(layers.extent(told - 1)[0])
        for index in places:
            if self.scope.is_word(index, "denying"):
                event.values["negation"] = (index, index)

    def _period(self) -> Term | None:
        """Return the period behind the verb in its clause, or the one that opens its sentence."""
        scope, layers, row = self.scope, self.scope.layers, self.scope.row
        reach = min(self.chunk + _REACH, len(row) - 1)
        stop = _STOP.search(row, self.chunk + 1, reach)
        last = layers.extent(stop.start() if stop else reach)[0] - 1
        period = scope.term(self.clause.verb + 1, last)
        if period and period.text.startswith("by ") and "to do" in self.clause.tails:
            period = None  # "received £9,000 to open three hubs by 2026"
        if period is None and self.amount:  # "£9,000 a year would be paid"
            behind = scope.sums.tokens(self.amount)[1] + 1
            period = scope.term(behind, behind + 1)
        return period or scope.opening(self.chunk)
