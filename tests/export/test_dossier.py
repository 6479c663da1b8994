"""All that the library says of an entity as one Markdown file."""

from __future__ import annotations

from dataclasses import replace

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chinai_tui.domain.annotation import Voice, VoiceKind
from chinai_tui.domain.entity import Alias, Claim, ClaimStatus, Entity, EntityKind
from chinai_tui.domain.rows import CoMention, EntitySummary, TimelinePoint
from chinai_tui.export.dossier import Dossier, DossierPassage, render
from chinai_tui.export.front_matter import YAML
from chinai_tui.export.markers import BEGIN, END, merge
from chinai_tui.export.names import LIMIT, dossier_name, entity_name
from chinai_tui.text.sanitise import clean
from tests.export.reading import blocks, kinds, words
from tests.export.samples import BLOG, CHINAI, ISSUE, MODELWORKS, NOTE, ON_ENTITY, OWN, POST

DRAGONS = Entity("dragons", EntityKind.GROUP, "The [Seven] Dragons")
FUND = Entity("fund", EntityKind.COMPANY, "Quay_Fund", han="码头")
ENTITY = replace(
    MODELWORKS,
    hant="模工智慧",
    aliases=(Alias("MW*"), Alias("Model | Works")),
    homepage="https://modelworks.example/about",
)
CLAIMS = (
    Claim(
        "fund",
        "invested in",
        "modelworks",
        text="The sum was 3 *million*.",
        said_by="Ann <Editor>",
        as_of="2031-01",
        status=ClaimStatus.RUMOUR,
        issue="chinai-900",
        passage="Costs in C#",
    ),
    Claim("modelworks", "raised", value="9 bn", said_by="itself", issue="chinai-900"),
    Claim(
        "modelworks",
        "entity list",
        text="It was put on the list.",
        value="Rule on Cranes",
        said_by="99 FR 12345",
        as_of="2031-05-22",
        url="https://register.example/99-12345",
    ),
)
POINTS = (
    TimelinePoint("quay-notes-why-cranes", None, "2030", 2),
    TimelinePoint("chinai-900", 900, "2031-01-06", 4),
    TimelinePoint("lost", None, "", 1),
)
PASSAGES = (
    DossierPassage("> Cranes & ModelWorks", POST.id, Voice(VoiceKind.UNCONFIRMED)),
    DossierPassage("1. ModelWorks waits.\n# So", ISSUE.id, OWN, "Context: [all]", 4),
    DossierPassage("It waits again.", ISSUE.id, OWN, "Context: [all]", 5),
)
DOSSIER = Dossier(
    summary=EntitySummary(
        entity=ENTITY,
        groups=(DRAGONS,),
        members=(),
        timeline=POINTS,
        together=(CoMention(FUND, 2, 1.25, (ISSUE.id, POST.id)),),
        claims=CLAIMS,
        checked="2031-11-02",
    ),
    entities={each.id: each for each in (ENTITY, DRAGONS, FUND)},
    issues={ISSUE.id: (ISSUE, CHINAI), POST.id: (POST, BLOG)},
    passages=PASSAGES,
    through={"dragons": (DossierPassage("All seven sleep.", ISSUE.id, OWN),)},
    notes=(NOTE, ON_ENTITY),
)


def told(dossier: Dossier) -> list[str]:
    """The blocks of the file as a parser reads them, without the front matter."""
    return blocks(render(dossier).split("---\n", 2)[2])


def test_the_parts_stand_in_order() -> None:
    found = told(DOSSIER)
    headings = [
        "ModelWorks (模工智能)",
        "Claims",
        "Entity List",
        "Mentions",
        "Named with",
        "Passages",
        "Named through the group “The [Seven] Dragons”",
        "Notes",
    ]
    places = [found.index(heading) for heading in headings]
    assert places == sorted(places)
    front = yaml.safe_load(render(DOSSIER).split("---\n")[1])
    assert front["type"] == "entity-dossier"
    assert front["id"] == "modelworks"


def test_every_name_is_told() -> None:
    found = told(DOSSIER)
    for line in (
        "Kind: company",
        "Simplified: 模工智能",
        "Traditional: 模工智慧",
        "Pinyin: Mógōng",
        "Also: MW*, Model | Works",
        "Groups: The [Seven] Dragons",
        "Homepage: https://modelworks.example/about",
    ):
        assert line in found


def test_a_claim_has_its_source_its_status_and_the_issue() -> None:
    found = told(DOSSIER)
    first, second = (line for line in found if "Under “Costs in C#”" in line or "9 bn" in line)
    assert first.startswith(
        "Quay_Fund: The sum was 3 *million* (rumour; Ann <Editor>; January 2031). Jeffrey Ding, "
    )
    assert "January 6, 2031" in first
    assert first.endswith("Under “Costs in C#”.")
    assert second == "raised 9 bn (stated; itself). Jeffrey Ding, “ChinAI #900.”"
    event = "It was put on the list (stated; Rule on Cranes, 99 FR 12345; May 22, 2031)."
    assert f"{event} https://register.example/99-12345" in found
    assert "Checked to November 2, 2031; absence is no evidence." in found


def test_an_empty_day_says_nothing_of_checking() -> None:
    unchecked = replace(DOSSIER, summary=replace(DOSSIER.summary, checked=""))
    assert "absence" not in render(unchecked)


def test_the_timeline_is_a_table_of_years() -> None:
    found = told(DOSSIER)
    at = found.index("Year")
    assert found[at : at + 12] == [
        *("Year", "Mentions", "Issues"),
        *("2030", "2", "Why Do Cranes Wait?"),
        *("2031", "4", "ChinAI #900"),
        *("undated", "1", "lost"),
    ]
    assert kinds(render(DOSSIER)).count("table") == 2


def test_a_lift_is_told_where_it_means_something() -> None:
    assert "Lift" not in told(DOSSIER)
    many = tuple(replace(POINTS[1], date=f"2031-{month:02}") for month in range(1, 13))
    found = told(replace(DOSSIER, summary=replace(DOSSIER.summary, timeline=many)))
    at = found.index("Lift")
    assert found[at + 2 : at + 6] == [
        "Quay_Fund 码头",
        "2",
        "1.2",
        "ChinAI #900, Why Do Cranes Wait?",
    ]


def test_each_passage_is_quoted_with_place_and_citation() -> None:
    text = render(DOSSIER)
    found = told(DOSSIER)
    at = found.index("1. ModelWorks waits.")
    assert found[at + 1 : at + 3] == ["# So", "Place: Context: [all], ¶4"]
    assert found[at + 3].startswith("Cite: Jeffrey Ding, “ChinAI #900: A Made-Up ‘Crane’ Issue")
    unsure = found[found.index("> Cranes & ModelWorks") + 1]
    assert unsure.startswith(
        "Cite: Speaker unconfirmed, in Ann Editor and Bo Second, “Why Do Cranes"
    )
    assert text.count("### ChinAI #900") == 3
    assert text.index("> Cranes") < text.index("ModelWorks waits")
    assert "Excerpts may be shared if the translation is cited." in text


def test_notes_stand_under_their_issue_or_by_themselves() -> None:
    found = told(DOSSIER)
    notes = found[found.index("Notes") :]
    assert "Note: Ask about the second fund." in notes
    assert notes.index("Note: Ask about the second fund.") < notes.index(
        'ChinAI #900: A Made-Up "Crane" Issue [虚构]'
    )


@given(
    st.from_regex(r"[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?", fullmatch=True),
    st.sampled_from(EntityKind),
)
@settings(max_examples=50, deadline=None)
def test_its_file_has_a_name_of_its_own(entity_id, kind) -> None:
    entity = Entity(entity_id, kind, "x")
    name = dossier_name(entity)
    assert name.endswith(".dossier")
    assert len(f"{name}.html") <= LIMIT
    assert name.startswith(f"{kind}-{entity_id}"[: LIMIT - len(".dossier.html")].rstrip("-"))
    assert name != entity_name(entity)


def test_little_is_known_of_some() -> None:
    bare = Dossier(EntitySummary(FUND, (), (), (), (), ()), {}, {}, ())
    assert told(bare)[1:-1] == ["Quay_Fund (码头)", "Kind: company", "Simplified: 码头"]


def test_it_is_the_same_again_and_what_stands_around_it_stays() -> None:
    text = render(DOSSIER)
    assert text == render(DOSSIER)
    written = text.replace(BEGIN, f"My own words.\n\n{BEGIN}") + "\nMore of mine.\n"
    assert merge(written, text, YAML) == written
    assert text.count(BEGIN) == text.count(END) == 1


MARKUP = st.text("ab1 *_`~[]()<>#!|\\&;:.-+=\"'“商\n\t", max_size=40)
ANY = MARKUP | st.text(max_size=40)


@settings(max_examples=100, deadline=None)
@given(ANY, ANY, ANY, ANY, ANY)
def test_what_comes_from_outside_comes_out_as_the_same_words(
    name, note, said, quote, title
) -> None:
    entity = Entity("it", EntityKind.COMPANY, f"x{name}", note=note, aliases=(Alias(f"x{name}"),))
    issue = replace(ISSUE, title=f"x{title}", number=None)
    dossier = Dossier(
        summary=EntitySummary(
            entity=entity,
            groups=(),
            members=(),
            timeline=(TimelinePoint(issue.id, None, "2031", 1),),
            together=(CoMention(replace(entity, id="other"), 1, 1.0, (issue.id,)),),
            claims=(Claim("it", "said", text=f"x{said}x", said_by=f"x{said}", passage=title),),
        ),
        entities={"it": entity},
        issues={issue.id: (issue, CHINAI)},
        passages=(DossierPassage(f"x{quote}", issue.id, OWN, f"x{title}", 1),),
    )
    found = told(dossier)
    expected = [
        words(clean(f"x{name}")),
        f"Also: {words(clean(f'x{name}'))}",
        words(clean(note)),
        f"{words(clean(f'x{said}x'))} (stated; {words(clean(f'x{said}'))}).",
        *(words(line) for line in clean(f"x{quote}").split("\n")),
        f"Place: {words(clean(f'x{title}'))}, ¶1",
    ]
    assert [line for line in expected if line and line not in found] == []
    assert set(kinds(render(dossier).split("---\n", 2)[2])) <= {
        *("html_block", "heading", "paragraph", "inline", "bullet_list", "list_item"),
        *("blockquote", "table", "thead", "tbody", "tr", "th", "td"),
    }
