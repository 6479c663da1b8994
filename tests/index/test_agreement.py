"""The index and a plain reading of the documents find the same issues."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Query, Word
from chinai_tui.index import IssueEntry
from chinai_tui.text.tokens import index_form, words
from tests.index.building import document, entry, filled, ids

NAMES = {"Megvii": "megvii", "Leon": "leon"}
WORDS = (
    "chip chips policy policies surveillance surveil company's the Megvii Leon Face++ GPT-4 "
    "商汤 商湯 国家队 café 01.AI"
).split()
BEGINNINGS = ["chi", "polic", "surveillan", "surv", "companys", "g", "商", "gpt-4", "the"]
DATES = ["", "2018", "2018-11", "2019-01-02", "2019-06-30", "2020-02-01"]


def holds(
    node: Node,
    issue: IssueEntry,
    library: Sequence[IssueEntry],
    beside: frozenset[str] = frozenset(),
) -> bool | None:
    """Whether an issue fits, in the logic of Kleene: `None` where a missing date decides."""
    match node:
        case And(parts):
            scopes = {part.value for part in parts if isinstance(part, Field) and part.name == "in"}
            assert not scopes
            named = {each for part in parts if isinstance(part, Named) for each in part.entities}
            beside = frozenset(named) or beside
            return least([holds(part, issue, library, beside) for part in parts])
        case Or(parts):
            return negated(least([negated(holds(part, issue, library, beside)) for part in parts]))
        case Not(part):
            return negated(holds(part, issue, library, beside))
        case Field("mentions", value):
            return within(sum(not beside or each in beside for each in named_in(issue)), value)
        case Field("words", value):
            return within(issue.documents[issue.issue.main_role].words, value)
        case Field("near", value):
            return any(is_near(value.split(), line) for line in lines(issue))
        case Named(_, _, entities):
            return any(entity in entities for entity in named_in(issue))
        case Field("issue", value):
            low, _, high = value.partition("..")
            number = issue.issue.number
            return number is not None and int(low) <= number <= int(high or low)
        case Field(name, value):
            if not issue.issue.date:
                return None
            low, _, high = value.partition("..")
            day, bound = (date + "-01-01"[len(date) - 4 :] for date in (issue.issue.date, low))
            if name == "date":
                return bound <= day <= (high or value) + "-12-31"[len(high or value) - 4 :]
            return day >= bound if name == "after" else day < bound
        case Word(text, prefix):
            return stands(text, prefix, issue, library)
        case Phrase(text):
            return stands(text, False, issue, library)


def named_in(issue: IssueEntry) -> list[str]:
    """The entity of each mention that counts."""
    main = issue.documents[issue.issue.main_role]
    return [
        mention.entity
        for mention in issue.mentions[issue.issue.main_role]
        if main.blocks[main.block_at(mention.start)].is_counted
    ]


def within(number: int, value: str) -> bool:
    """Whether a number is `>2`, `<9`, `2` or `2..9`."""
    if value[0] in "<>":
        return number > int(value[1:]) if value[0] == ">" else number < int(value[1:])
    low, _, high = value.partition("..")
    return int(low) <= number <= int(high or low)


def lines(issue: IssueEntry) -> list[list[str]]:
    """The tokens of each block that counts, and of the title."""
    main = issue.documents[issue.issue.main_role]
    blocks = [main.text_of(n) for n, block in enumerate(main.blocks) if block.is_counted]
    return [index_form(block).split() for block in [*blocks, issue.issue.title]]


def is_near(wanted: Sequence[str], line: Sequence[str]) -> bool:
    """Whether words can be picked so that at most ten others stand before the last begins."""
    forms = [index_form(word).split() for word in wanted]
    places = [
        [at for at in range(len(line)) if line[at : at + len(form)] == form] for form in forms
    ]
    return any(
        all(max(picked) - at - len(form) <= 10 for at, form in zip(picked, forms, strict=True))
        for picked in product(*places)
    )


def least(values: list[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def stands(text: str, prefix: bool, issue: IssueEntry, library: Sequence[IssueEntry]) -> bool:
    """Whether the tokens of a text follow each other in one block that counts, or in the title."""
    wanted = index_form(text).split()
    ends = {wanted[-1]}
    if prefix:
        begun = words(text)[-1]
        known = " ".join(doc.text for each in library for doc in each.documents.values())
        pairs = zip(words(known), index_form(known).split(), strict=True)
        ends = {stem for word, stem in pairs if word.startswith(begun) or stem.startswith(begun)}
        ends |= {number for number in ("1", "2", "3", "4", "issu") if number.startswith(begun)}
    for found in lines(issue):
        for at in range(len(found) - len(wanted) + 1):
            run = found[at : at + len(wanted)]
            if run[:-1] == wanted[:-1] and run[-1] in ends:
                return True
    return False


rows = st.builds(
    lambda kind, texts: kind + " ".join(texts),
    st.sampled_from(["", "", "", "# ", "= ", "! "]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
    | st.lists(st.sampled_from(WORDS[:4]), min_size=10, max_size=24),
)
texts = st.lists(rows, min_size=1, max_size=4)


@st.composite
def libraries(draw: st.DrawFn) -> list[IssueEntry]:
    library = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        digest = draw(st.none() | texts)
        text = draw(texts) if digest is None or draw(st.booleans()) else []
        library.append(
            entry(
                f"letter-{number}",
                *text,
                digest=document(*digest) if digest else None,
                names=NAMES,
                number=draw(st.none() | st.just(number)),
                date=draw(st.sampled_from(DATES)),
            )
        )
    return library


leaves = st.one_of(
    st.builds(Word, st.sampled_from(WORDS)),
    st.builds(Word, st.sampled_from(BEGINNINGS), st.just(True)),
    st.builds(
        lambda w: Phrase(" ".join(w)), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
    ),
    st.builds(
        Named,
        st.just("company"),
        st.just("x"),
        st.sampled_from([(), ("leon",), ("leon", "megvii")]),
    ),
    st.builds(Field, st.sampled_from(["after", "before"]), st.sampled_from(DATES[1:])),
    st.builds(Field, st.just("issue"), st.sampled_from(["2", "1..3", "3..9"])),
    st.builds(Field, st.just("date"), st.sampled_from(["2018", "2019-01-02", "2018..2019-06"])),
    st.builds(Field, st.just("mentions"), st.sampled_from(["0", ">1", "<2", "1..3"])),
    st.builds(Field, st.just("words"), st.sampled_from([">3", "<3", "2..6"])),
    st.builds(
        lambda w: Field("near", " ".join(w)),
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=3),
    ),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(library=libraries(), roots=st.lists(nodes, min_size=3, max_size=10))
def test_index_and_reference_find_the_same_issues(
    library: list[IssueEntry], roots: list[Node]
) -> None:
    documents = {(e.issue.id, role): doc for e in library for role, doc in e.documents.items()}
    with tempfile.TemporaryDirectory() as folder:
        index = filled(Path(folder), *library)
        for root in roots:
            query = Query("", root)
            expected = {e.issue.id for e in library if holds(root, e, library)}
            unknown = sum(holds(root, e, library) is None for e in library)
            listed = index.rows(query)
            assert {row.id for row in listed.rows} == expected
            assert listed.undated == unknown
            answer = index.search(query, lambda *key: documents[key], 10)
            if not answer.widened:
                assert {hit.issue for hit in answer.hits} == expected
            for hit in answer.hits:
                for passage in hit.passages:
                    whole = documents[hit.issue, passage.role]
                    assert whole.text_of(passage.block) == passage.text
                    assert passage.hits
                    assert all(passage.start <= a < b <= passage.end for a, b in passage.hits)
        index.close()


@settings(max_examples=20, deadline=None)
@given(library=libraries(), again=libraries(), roots=st.lists(nodes, min_size=1, max_size=4))
def test_an_index_that_was_changed_is_like_a_new_one(
    library: list[IssueEntry], again: list[IssueEntry], roots: list[Node]
) -> None:
    """What was replaced or removed leaves nothing behind that is found."""
    with tempfile.TemporaryDirectory() as folder:
        changed = filled(Path(folder) / "changed", *library)
        for each in again:
            changed.put_issues([each])
        gone = [e.issue.id for e in library if e.issue.id not in {a.issue.id for a in again}]
        changed.remove_issues(gone)
        new = filled(Path(folder) / "new", *again)
        assert changed.rows(Query("", And(()))) == new.rows(Query("", And(())))
        assert changed.totals() == new.totals()
        for root in roots:
            if not _begun(root):
                assert ids(changed, Query("", root)) == ids(new, Query("", root))
        changed.close()
        new.close()


def _begun(node: Node) -> bool:
    """Whether `word*` is asked for, for which the vocabulary remembers the words that went."""
    match node:
        case And(parts) | Or(parts):
            return any(map(_begun, parts))
        case Not(part):
            return _begun(part)
    return isinstance(node, Word) and node.prefix
