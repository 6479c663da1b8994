"""The shipped library: digests, catalogue and publications, as data."""

from __future__ import annotations

import os
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from chinai_tui import ingest
from chinai_tui.domain.entity import ClaimStatus, EntityKind
from chinai_tui.domain.issue import ISSUE_ID
from chinai_tui.entities import catalogue
from chinai_tui.entities.recogniser import Recogniser
from chinai_tui.paths import bundled_library
from chinai_tui.text.find import find
from chinai_tui.text.fold import fold, simplify
from chinai_tui.text.sanitise import safe_url

LIBRARY = bundled_library()
ISSUES = sorted((LIBRARY / "issues").glob("*.md"))
TABLES = sorted((LIBRARY / "entities").glob("*.toml"))
TEXTS = {
    "000": "chinai-23",
    "001": "chinai-94",
    "002": "chinai-29",
    "003": "practical-ai-blacklisted",
    "004": "low-down-peer-lending",
}
"""The digest of each text of the corpus, by the number its file name begins with."""
RELATIONS = frozenset(
    {
        "accused of",
        "competes with",
        "customer of",
        "entity list",
        "exhibited at",
        "figure",
        "founded",
        "founded by",
        "heads",
        "incubated in",
        "invested in",
        "joint venture",
        "listed on",
        "listing",
        "located in",
        "member of",
        "partner of",
        "raised",
        "sanctioned by",
        "studied at",
        "subsidiary of",
        "supplies",
        "valued at",
        "works at",
    }
)
CORPUS = os.environ.get("CHINAI_CORPUS")
needs_corpus = pytest.mark.skipif(not CORPUS, reason="CHINAI_CORPUS names no folder of texts")


def rows(kind: str) -> list[dict[str, Any]]:
    return [row for path in TABLES for row in tomllib.loads(path.read_text("utf-8")).get(kind, [])]


def digest(path: Path) -> tuple[dict[str, Any], str]:
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(front), body.strip()


def aliases(entity: dict[str, Any]) -> list[str]:
    return [a if isinstance(a, str) else a["text"] for a in entity.get("aliases", [])]


def names(entity: dict[str, Any]) -> list[str]:
    own = [entity["name"], entity.get("han", ""), entity.get("hant", "")]
    return [name for name in (*own, *aliases(entity)) if name]


ENTITIES = rows("entity")
CLAIMS = rows("claim")
IDS = {entity["id"] for entity in ENTITIES}


def test_there_are_five_digests_and_four_hundred_entities() -> None:
    assert {path.stem for path in ISSUES} == set(TEXTS.values())
    assert len(ENTITIES) >= 400
    assert {entity["kind"] for entity in ENTITIES} == set(EntityKind)


def test_ids_have_their_form_and_are_given_once() -> None:
    assert [i for i, count in Counter(e["id"] for e in ENTITIES).items() if count > 1] == []
    assert [i for i in IDS if not ISSUE_ID.fullmatch(i)] == []


def test_the_fields_of_an_entity_are_known_and_filled() -> None:
    known = {"id", "kind", "name", "han", "hant", "pinyin", "aliases"}
    known |= {"parent", "city", "homepage", "note", "case", "needs", "checked"}
    assert [(e["id"], set(e) - known) for e in ENTITIES if set(e) - known] == []
    assert [e["id"] for e in ENTITIES if "" in e.values()] == []
    assert [e["id"] for e in ENTITIES if e.get("parent", e["id"]) not in IDS] == []


def test_a_name_belongs_to_one_entity() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for entity in ENTITIES:
        for name in names(entity):
            owners[fold(name)].add(entity["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_no_part_of_a_persons_name_is_an_alias() -> None:
    people = [entity for entity in ENTITIES if entity["kind"] == "person"]
    assert [e["id"] for e in people for alias in aliases(e) if len(alias.split()) < 2] == []


def test_both_scripts_say_the_same_name() -> None:
    written = [e for e in ENTITIES if "han" in e]
    assert [e["id"] for e in ENTITIES if ("pinyin" in e) != ("han" in e)] == []
    assert [e["id"] for e in ENTITIES if "hant" in e and "han" not in e] == []
    assert [e["id"] for e in written if simplify(e["han"]) != e["han"]] == []
    assert [e["id"] for e in written if simplify(e.get("hant", e["han"])) != e["han"]] == []
    assert [e["id"] for e in written if e.get("hant") == e["han"]] == []


def test_pinyin_has_tone_marks() -> None:
    tones = "\u0300\u0301\u0304\u030c"
    for entity in ENTITIES:
        words = unicodedata.normalize("NFD", entity.get("pinyin", "")).split()
        bare = [word for word in words if word.isalpha() and not any(c in tones for c in word)]
        assert bare == [], entity["id"]


def test_a_chinese_name_was_checked() -> None:
    assert [e["id"] for e in ENTITIES if "han" in e and "checked" not in e] == []
    issues = {e["checked"] for e in ENTITIES if "checked" in e and "://" not in e["checked"]}
    assert issues <= set(TEXTS.values())


@needs_corpus
def test_a_name_checked_in_an_issue_stands_there() -> None:
    said = {TEXTS[name[:3]]: data.decode("utf-8") for name, data in texts()}
    checked = [e for e in ENTITIES if e.get("checked") in said]
    assert checked
    assert [e["id"] for e in checked if e["han"] not in said[e["checked"]]] == []


def test_nothing_is_wrong_with_the_catalogue() -> None:
    assert catalogue.problems(TABLES) == []


def test_claims_refer_to_what_exists() -> None:
    issues = set(TEXTS.values())
    statuses = set(ClaimStatus)
    for claim in CLAIMS:
        assert claim["subject"] in IDS, claim
        assert claim.get("object", claim["subject"]) in IDS, claim
        assert ("issue" in claim) != ("url" in claim), claim
        assert claim.get("issue", "chinai-23") in issues, claim
        assert claim["status"] in statuses, claim
        assert claim["relation"] in RELATIONS, claim


def test_a_claim_says_who_says_it_and_where() -> None:
    for claim in CLAIMS:
        assert claim["said_by"], claim
        assert bool(claim.get("passage")) == ("issue" in claim), claim
        assert re.fullmatch(r"[A-Z“\"].*[^.]\.", claim["text"]), claim
        assert claim.get("object") or claim.get("value"), claim
        for day in (claim.get("as_of"), claim.get("until")):
            assert day is None or re.fullmatch(r"\d{4}(-\d\d){0,2}", day), claim


def names_it(text: str, entity: dict[str, Any]) -> bool:
    own = "|".join(re.escape(fold(name)) for name in names(entity))
    return re.search(rf"(?<!\w)(?:{own})(?!\w)", fold(text)) is not None


def test_a_claim_names_whom_it_is_about() -> None:
    by_id = {entity["id"]: entity for entity in ENTITIES}
    unnamed = [
        (claim[key], claim["text"])
        for claim in CLAIMS
        for key in ("subject", "object")
        if key in claim and not names_it(claim["text"], by_id[claim[key]])
    ]
    assert unnamed == []


def test_a_few_words_lead_to_what_an_issue_says() -> None:
    for claim in CLAIMS:
        assert ("words" in claim) == ("issue" in claim), claim
        words = re.findall(r"\w+", claim.get("words", "two words"))
        assert 2 <= len(words) <= 6, claim


def test_no_claim_is_made_twice() -> None:
    keys = ("subject", "relation", "object", "value", "issue", "text")
    counted = Counter(tuple(claim.get(key, "") for key in keys) for claim in CLAIMS)
    assert [claim for claim, count in counted.items() if count > 1] == []
    said = Counter((claim["subject"], claim["text"]) for claim in CLAIMS)
    assert [claim for claim, count in said.items() if count > 1] == []


def test_a_venture_is_told_once_for_both_partners() -> None:
    partners = [
        frozenset((claim["subject"], claim["object"]))
        for claim in CLAIMS
        if claim["relation"] == "joint venture"
    ]
    assert len(partners) == len(set(partners)) > 0


def test_an_event_on_the_entity_list_has_its_day_its_citation_and_its_page() -> None:
    events = [claim for claim in CLAIMS if claim["relation"] == "entity list"]
    assert len({claim["subject"] for claim in events}) >= 30
    for claim in events:
        assert claim["object"] == "entity-list", claim
        assert re.fullmatch(r"\d\d FR \d{4,6}", claim["said_by"]), claim
        assert date.fromisoformat(claim["as_of"]).year == 1935 + int(claim["said_by"][:2]), claim
        assert date.fromisoformat(claim.get("until", "9999-12-31")) > date.fromisoformat(
            claim["as_of"]
        ), claim
        assert safe_url(claim["url"]) == claim["url"] != "", claim
        assert claim["value"], claim
        assert claim["status"] in {ClaimStatus.STATED, ClaimStatus.INFERENCE}, claim


def test_the_page_of_a_claim_must_be_a_link(tmp_path: Path) -> None:
    file = tmp_path / "claims.toml"
    told = (
        '[[claim]]\nsubject = "sensetime"\nrelation = "entity list"\nvalue = "a rule"\nurl = "{}"\n'
    )
    file.write_text(told.format("https://pages.example/rule"), "utf-8")
    assert catalogue.problems([*TABLES, file]) == []
    assert catalogue.load([*TABLES, file]).claims[-1].url == "https://pages.example/rule"
    file.write_text(told.format("javascript:alert(1)"), "utf-8")
    assert ["not a link" in each for each in catalogue.problems([*TABLES, file])] == [True]


def test_a_rule_has_one_day_and_one_name() -> None:
    rules: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in CLAIMS:
        if claim["relation"] == "entity list":
            rules[claim["said_by"]].add((claim["as_of"], claim["value"]))
    assert [rule for rule, said in rules.items() if len(said) > 1] == []


def test_the_files_say_to_which_day_they_were_checked() -> None:
    assert catalogue.load(TABLES).checked


@pytest.mark.parametrize(
    ("subject", "value", "status"),
    [
        ("leon", "50 % of Urumqi's safe-city projects", "own claim"),
        ("cloudwalk", "perhaps at the end of 2020", "rumour"),
        ("sensetime", "30 % of clients", "own claim"),
        ("sensetime", "likely much more than 30 % of clients", "inference"),
    ],
)
def test_how_sure_a_disputed_claim_is(subject: str, value: str, status: str) -> None:
    found = [c for c in CLAIMS if (c["subject"], c.get("value")) == (subject, value)]
    assert [claim["status"] for claim in found] == [status]


def test_groups_have_the_members_their_sources_name() -> None:
    members: dict[str, set[str]] = defaultdict(set)
    for claim in CLAIMS:
        if claim["relation"] == "member of":
            members[claim["object"]].add(claim["subject"])
    assert members["cv-dragons"] == {"cloudwalk", "megvii", "sensetime", "yitu"}
    assert members["bat"] == {"alibaba", "baidu", "tencent"}
    assert members["national-champions"] == members["bat"] | {"iflytek", "sensetime"}
    assert members["national-team"] == {"cloudwalk"}


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_a_digest_names_its_issue(path: Path) -> None:
    meta, _ = digest(path)
    publications = tomllib.loads((LIBRARY / "publications.toml").read_text("utf-8"))["publication"]
    assert (meta["id"], meta["role"]) == (path.stem, "digest")
    assert ISSUE_ID.fullmatch(meta["id"])
    assert meta["publication"] in {publication["id"] for publication in publications}
    assert meta["title"]
    assert meta["authors"]
    assert not meta["title"].startswith("ChinAI")
    numbered = f"number:{meta['publication']}/{meta.get('number')}"
    assert numbered in meta["keys"] or any(key.startswith("hash:") for key in meta["keys"])


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_a_digest_is_headed_as_our_words(path: Path) -> None:
    _, body = digest(path)
    first = body.split("\n\n")[0]
    assert first.startswith("*")
    assert first.endswith("*")
    assert "digest, in our own words" in first
    assert "`chinai import`" in first
    assert body.count("\n## ") >= 3
    assert 400 <= len(body.split()) <= 900


def test_dates_and_addresses_are_only_those_that_are_known() -> None:
    metas = [digest(path)[0] for path in ISSUES]
    assert {m["id"]: m["date"] for m in metas if "date" in m} == {
        "low-down-peer-lending": "2018-04-29"
    }
    assert all(m["url"].startswith("https://") for m in metas if "url" in m)


def test_the_catalogue_loads() -> None:
    loaded = catalogue.load(TABLES)
    assert set(loaded.entities) == IDS
    assert len(loaded.claims) == len(CLAIMS)


@pytest.mark.parametrize("path", ISSUES, ids=lambda path: path.stem)
def test_a_digest_reads_and_mentions_entities(path: Path) -> None:
    reading = ingest.read(path.read_bytes(), path.name)
    found = Recogniser(catalogue.load(TABLES).entities.values()).find(reading.document)
    assert reading.metadata.title == digest(path)[0]["title"]
    assert {"megvii", "sensetime"} & {mention.entity for mention in found}


def texts() -> Iterator[tuple[str, bytes]]:
    for path in sorted(Path(CORPUS or "").glob("*.txt")):
        yield path.name, path.read_bytes()


def runs(text: str, length: int = 10) -> set[tuple[str, ...]]:
    words = re.findall(r"[\w']+", text.casefold().replace("’", "'"))
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def union(sets: Iterable[set[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    return set().union(*sets)


@needs_corpus
def test_no_ten_words_in_a_row_are_a_sources_own() -> None:
    titles = union(runs(digest(path)[0]["title"]) for path in ISSUES)
    foreign = union(runs(data.decode("utf-8")) for _, data in texts()) - titles
    assert foreign
    for path in (*ISSUES, *TABLES, LIBRARY / "publications.toml"):
        assert runs(path.read_text("utf-8")) & foreign == set(), path.name


@needs_corpus
def test_a_text_meets_its_digest() -> None:
    keys = {path.stem: set(digest(path)[0]["keys"]) for path in ISSUES}
    for name, data in texts():
        reading = ingest.read(data, name)
        own = set(ingest.keys(reading.metadata, reading.document))
        assert [i for i in keys if own & keys[i]] == [TEXTS[name[:3]]], name


@needs_corpus
def test_the_recogniser_finds_the_main_entities_of_each_text() -> None:
    recogniser = Recogniser(catalogue.load(TABLES).entities.values())
    expected = {
        "000": {"megvii", "casic", "li-sanke", "yin-qi", "jd", "didi", "tsinghua"},
        "001": {"cloudwalk", "jiqizhixin", "national-team", "star-market", "mark-cohen"},
        "002": {"leon", "tang-li-technology", "sensetime", "kashgar", "fidelity-international"},
        "003": {"hikvision", "iflytek", "megvii", "yitu", "chris-benson"},
        "004": {"sensetime", "xu-li", "snow", "oppo", "quartz", "golden-shield", "bat"},
    }
    for name, data in texts():
        found = {mention.entity for mention in recogniser.find(ingest.read(data, name).document)}
        assert expected[name[:3]] - found == set(), name


@needs_corpus
def test_a_claims_passage_is_a_heading_of_its_issue() -> None:
    headings = {}
    for name, data in texts():
        document = ingest.read(data, name).document
        own = (document.text_of(number) for number in document.headings())
        headings[TEXTS[name[:3]]] = tuple(map(fold, own))
    said = [c for c in CLAIMS if "issue" in c and c["passage"] != "Opening"]
    astray = [
        claim
        for claim in said
        if not any(each.startswith(fold(claim["passage"])) for each in headings[claim["issue"]])
    ]
    assert said
    assert astray == []


@needs_corpus
def test_the_words_of_a_claim_stand_in_one_paragraph_under_its_heading() -> None:
    documents = {TEXTS[name[:3]]: ingest.read(data, name).document for name, data in texts()}
    astray = []
    for claim in CLAIMS:
        if "issue" not in claim:
            continue
        document = documents[claim["issue"]]
        hits = find(document.text, fold(claim["words"]))
        blocks = {document.block_at(start) for start, _ in hits}
        sections = [document.section_of(block) for block in blocks]
        heads = ["Opening" if each is None else document.text_of(each) for each in sections]
        if [fold(each).startswith(fold(claim["passage"])) for each in heads] != [True]:
            astray.append((claim["subject"], claim["words"], heads))
    assert astray == []
