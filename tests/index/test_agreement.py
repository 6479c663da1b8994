"""The index and a plain reading of the documents find the same issues."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.annotate.anchors import make
from chinai_tui.domain.annotation import Anchor, AnchorState, Annotation, AnnotationKind, Color
from chinai_tui.domain.entity import Entity, EntityKind
from chinai_tui.domain.query import And, Field, Named, Node, Not, Or, Phrase, Query, Word
from chinai_tui.index import AnnotationEntry, IssueEntry
from chinai_tui.text.fields import quoted
from chinai_tui.text.query import parse
from tests.index.building import document, entry, filled, ids
from tests.index.reference import Reference

NAMES = {"Megvii": "megvii", "Leon": "leon"}
ENTITIES = [Entity(each, EntityKind.COMPANY, each) for each in NAMES.values()]
WORDS = (
    "chip chips policy policies surveillance surveil company's the Megvii Leon Face++ GPT-4 "
    "商汤 商湯 国家队 café cafe 01.AI 4Paradigm ４Ｐａｒａｄｉｇｍ 5G C919 ＡＩ 风箱 風箱"
).split()
LINKED = ["chips <https://example.org/policies>", "商湯 <https://example.org/surveillance-5G>"]
BEGINNINGS = (
    "chi polic surveillan surv companys g 商 gpt-4 the 4para ４ｐ c91 caf 01.a 風 ex".split()
)
DATES = ["", "2018", "2018-11", "2019-01-02", "2019-06-30", "2020-02-01"]
TAGS = ["ipo", "chips", "policy"]
PLACES = ["title", "notes", "links", "text", "digest", "translation", "original", "all"]

rows = st.builds(
    lambda kind, texts: kind + " ".join(texts),
    st.sampled_from(["", "", "", "# ", "= ", "! "]),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
    | st.lists(st.sampled_from(WORDS[:4]), min_size=10, max_size=24),
)
texts = st.lists(rows | st.sampled_from(LINKED), min_size=1, max_size=4)
phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


names_alone = st.lists(
    st.builds(
        lambda kind, words: kind + " ".join(words),
        st.sampled_from(["", "", "! "]),
        st.lists(st.sampled_from(["Megvii", "Leon", "the", "the"]), min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def libraries(draw: st.DrawFn, texts: st.SearchStrategy[list[str]] = texts) -> list[IssueEntry]:
    library = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        digest, translation, original = (draw(st.none() | texts) for _ in range(3))
        has_text = not (digest or translation or original) or draw(st.booleans())
        text = draw(texts) if has_text else []
        library.append(
            entry(
                f"letter-{number}",
                *text,
                digest=document(*digest) if digest else None,
                translation=document(*translation) if translation else None,
                original=document(*original) if original else None,
                names=NAMES,
                number=draw(st.none() | st.just(number)),
                date=draw(st.sampled_from(DATES)),
                publication=draw(st.sampled_from(["letter", "other"])),
            )
        )
    return library


@st.composite
def annotations(draw: st.DrawFn, entries: list[IssueEntry]) -> list[AnnotationEntry]:
    """Notes on passages and issues of a library, on issues that it does not have, on entities."""
    made = []
    for number in range(draw(st.integers(0, 5))):
        target = draw(st.sampled_from(["passage", "passage", "issue", "gone", "entity"]))
        entry = draw(st.sampled_from(entries))
        annotation = Annotation(
            f"n{number}",
            draw(st.sampled_from(AnnotationKind)),
            issue={"gone": "letter-9", "entity": ""}.get(target, entry.issue.id),
            entity=draw(st.sampled_from(sorted(NAMES.values()))) if target == "entity" else "",
            anchor=draw(anchors(entry)) if target == "passage" else None,
            text=draw(st.just("") | phrases),
            color=draw(st.sampled_from(["", *Color])),
            tags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))),
            creator=draw(st.sampled_from(["", "Ann", "Lin Example"])),
            created=f"{draw(st.sampled_from(DATES[3:]))}T10:00:00Z",
        )
        state = draw(st.sampled_from(AnchorState))
        links = draw(st.lists(st.sampled_from(sorted(NAMES.values())), max_size=1))
        made.append(AnnotationEntry(annotation, state, tuple(links)))
    return made


@st.composite
def anchors(draw: st.DrawFn, entry: IssueEntry) -> Anchor:
    """A passage of one of the documents of an issue."""
    role = draw(st.sampled_from(sorted(entry.documents)))
    document = entry.documents[role]
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(document.text))] * 2)))
    return make(document, role, start, end)


@st.composite
def noted_libraries(
    draw: st.DrawFn, texts: st.SearchStrategy[list[str]] = texts
) -> tuple[list[IssueEntry], list[AnnotationEntry]]:
    """A library, and the annotations on it."""
    entries = draw(libraries(texts))
    return entries, draw(annotations(entries))


fields = {
    "after": DATES[1:],
    "before": DATES[1:],
    "issue": ["2", "1..3", "3..9", ">2"],
    "date": ["2018", "2019-01-02", "2018..2019-06"],
    "year": ["2019", "2018..2019"],
    "mentions": ["0", ">1", "<2", "1..3"],
    "words": [">3", "<3", "2..6"],
    "has": ["note", "highlight", "bookmark", "digest", "text", "translation", "original"],
    "is": ["bookmarked", "orphan", "flagged", *AnnotationKind],
    "color": ["yellow", "red"],
    "by": ["ann", "Lin Example"],
    "kind": ["company"],
    "noted": ["2019", "2019-01-02", "2019-02..2020"],
    "tag": TAGS,
    "pub": ["letter", "the letter", "other"],
}
named = st.sampled_from([(), ("leon",), ("leon", "megvii")]).map(
    lambda ids: Named("company", "-".join(ids) or "nobody", ids)
)
leaves = st.one_of(
    st.sampled_from(WORDS).map(Word),
    st.sampled_from(WORDS).map(Word),
    st.sampled_from(BEGINNINGS).map(lambda beginning: Word(beginning, True)),
    phrases.map(Phrase),
    named,
    st.sampled_from([Field(name, value) for name, values in fields.items() for value in values]),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(
        lambda words: Field("near", " ".join(words))
    ),
)


def several(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(inner, min_size=2, max_size=3).map(tuple)


def scoped(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[And]:
    """Things to look for, and one or two places where."""
    scopes = st.lists(st.sampled_from(PLACES), min_size=1, max_size=2)
    return st.builds(
        lambda scopes, parts: And((*(Field("in", scope) for scope in scopes), *parts)),
        scopes,
        st.lists(inner, min_size=1, max_size=2),
    )


nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, several(inner)),
        st.builds(Or, several(inner)),
        scoped(inner),
    ),
    max_leaves=6,
)


def typed(node: Node) -> str:
    """A node as somebody types it."""
    match node:
        case Word(text, prefix):
            return text + "*" * prefix
        case Phrase(text):
            return f'"{text}"'
        case Field(name, value) | Named(name, value):
            return f"{name}:{quoted(value)}"
        case Not(part):
            return f"-({typed(part)})"
        case And(parts):
            return f"({' '.join(map(typed, parts))})"
        case Or(parts):
            return f"({' OR '.join(map(typed, parts))})"


def resolved(node: Node) -> Node:
    """A node as it was read, with the entities that its names mean."""
    match node:
        case Field("company", value):
            return Named(
                "company", value, tuple(id_ for id_ in value.split("-") if id_ != "nobody")
            )
        case Not(part):
            return Not(resolved(part))
        case And(parts):
            return And(tuple(map(resolved, parts)))
        case Or(parts):
            return Or(tuple(map(resolved, parts)))
    return node


@settings(max_examples=200, deadline=None)
@given(nodes)
def test_what_is_typed_is_read_as_it_is_meant(root: Node) -> None:
    query = parse(typed(root))
    assert query.problems == ()
    assert resolved(query.root) == root


@settings(max_examples=100, deadline=None)
@given(noted=noted_libraries(), roots=st.lists(nodes, min_size=3, max_size=10))
def test_index_and_reference_find_the_same(
    noted: tuple[list[IssueEntry], list[AnnotationEntry]], roots: list[Node]
) -> None:
    library, notes = noted
    documents = {(e.issue.id, role): doc for e in library for role, doc in e.documents.items()}
    reference = Reference(library, notes)
    with tempfile.TemporaryDirectory() as folder:
        index = filled(Path(folder), *library)
        index.put_catalogue("key", ENTITIES, ())
        index.put_annotations(notes)
        for root in roots:
            query = Query(typed(root), root)
            expected = reference.fitting(root)
            listed = index.rows(query)
            assert {row.id for row in listed.rows} == expected
            assert listed.undated == reference.undated(root)
            assert index.facets(query).issues == len(expected)
            assert index.annotations(query) == (
                reference.noted(root),
                reference.undated_notes(root),
            )
            answer = index.search(query, lambda *key: documents[key], 10)
            assert not (answer.widened and expected)
            if not answer.widened:
                assert {hit.issue for hit in answer.hits} == expected
            assert sorted(answer.hits, key=lambda hit: not hit.together) == list(answer.hits)
            for hit in answer.hits:
                for passage in hit.passages:
                    whole = documents[hit.issue, passage.role]
                    assert whole.text_of(passage.block) == passage.text
                    assert passage.hits
                    assert all(passage.start <= a < b <= passage.end for a, b in passage.hits)
        index.close()


@settings(max_examples=100, deadline=None)
@given(noted_libraries(names_alone), st.booleans())
def test_index_and_reference_find_the_same_names(
    noted: tuple[list[IssueEntry], list[AnnotationEntry]], again: bool
) -> None:
    library, notes = noted
    reference = Reference(library, notes)
    with tempfile.TemporaryDirectory() as folder:
        nameless = [replace(each, mentions=dict.fromkeys(each.mentions, ())) for each in library]
        index = filled(Path(folder), *(nameless if again else library))
        index.put_catalogue("key", ENTITIES, ())
        index.put_annotations(notes)
        if again:
            index.put_mentions(library[:1])
            index.put_issues(library[1:])
        for leaf in (
            *(Named("company", id_, (id_,)) for id_ in NAMES.values()),
            Field("kind", "company"),
        ):
            assert {row.id for row in index.rows(Query("", leaf)).rows} == reference.fitting(leaf)
            assert index.annotations(Query("", leaf)) == (reference.noted(leaf), 0)
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
