"""All that the library says of an entity as one Markdown file, each thing with its citation.

It stands between the same marks as exported notes, so that what a reader writes around it stays.
Nothing in it depends on the hour: the same library gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from chinai_tui.domain.annotation import Voice
from chinai_tui.domain.entity import ENTITY_LIST, Claim, Entity
from chinai_tui.domain.issue import Issue, Publication, issue_name
from chinai_tui.domain.rows import LIFT_FROM, EntitySummary, TimelinePoint
from chinai_tui.export import escape, front_matter
from chinai_tui.export.citations import headline, pieces, spoken_date
from chinai_tui.export.model import ExportNote, Source
from chinai_tui.export.pages import by_issue, in_place
from chinai_tui.export.profiles.markdown import PROFILE
from chinai_tui.export.walk import Walker, cited
from chinai_tui.text.claims import sentence
from chinai_tui.text.sanitise import safe_url


@dataclass(frozen=True, slots=True)
class DossierPassage:
    """A passage that names an entity."""

    text: str
    issue: str
    """The id of the issue."""
    voice: Voice
    section: str = ""
    """The heading it stands under."""
    paragraph: int = 0
    """The number of its paragraph, from 1; 0 where it has none."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What goes into the file."""

    summary: EntitySummary
    entities: Mapping[str, Entity]
    """The entities that are spoken of, by id."""
    issues: Mapping[str, tuple[Issue, Publication]]
    """The issues that are spoken of, by id."""
    passages: Sequence[DossierPassage]
    """In the order of the issues' dates."""
    through: Mapping[str, Sequence[DossierPassage]] = field(default_factory=dict)
    """Passages that mean it by the name of a group, by the id of the group."""
    notes: Sequence[ExportNote] = ()
    """Notes on the entity, and on passages that name it."""
    voices: Mapping[Claim, Voice] = field(default_factory=dict)
    """Whose words the passages are that claims rest on, as far as that is known."""


def render(dossier: Dossier) -> str:
    """The file: names, claims, timeline, who is named with it, passages, notes."""
    entity = dossier.summary.entity
    fields: dict[str, front_matter.Value] = {
        "title": entity.name,
        "type": "entity-dossier",
        "id": entity.id,
        "kind": entity.kind.value,
        "han": entity.han,
    }
    title = f"{entity.name} ({entity.han})" if entity.han else entity.name
    parts = [
        f"# {escape.heading(title)}",
        *_names(dossier),
        *_claims(dossier),
        *_timeline(dossier),
        *_together(dossier),
        *_passages(dossier),
        *_through(dossier),
        *_notes(dossier),
    ]
    return PROFILE.head.write(fields) + PROFILE.body(parts)


def _names(dossier: Dossier) -> Iterator[str]:
    summary, entity = dossier.summary, dossier.summary.entity
    parent, city = (dossier.entities.get(each) for each in (entity.parent, entity.city))
    told = {
        "Kind": entity.kind.value,
        "Simplified": entity.han,
        "Traditional": entity.hant,
        "Pinyin": entity.pinyin,
        "Also": ", ".join(alias.text for alias in entity.aliases),
        "Part of": parent.name if parent else "",
        "Place": city.name if city else entity.city,
        "Groups": ", ".join(group.name for group in summary.groups),
        "Members": ", ".join(member.name for member in summary.members),
    }
    lines = [f"- **{name}:** {escape.line(text)}" for name, text in told.items() if text]
    if url := safe_url(entity.homepage):
        lines.append(f"- **Homepage:** <{url}>")
    yield "\n".join(lines)
    if entity.note:
        yield escape.line(entity.note)


def _claims(dossier: Dossier) -> Iterator[str]:
    """Claims, those about the Entity List apart, and to which day they were checked."""
    claims = dossier.summary.claims
    events = [claim for claim in claims if claim.relation == ENTITY_LIST]
    others = [claim for claim in claims if claim.relation != ENTITY_LIST]
    cited_before: set[str] = set()
    for title, found in (("Claims", others), ("Entity List", events)):
        if found:
            yield f"## {title}"
            yield "\n".join(_claim(claim, dossier, cited_before) for claim in found)
    if day := spoken_date(dossier.summary.checked):
        yield f"*Checked to {day}; absence is no evidence.*"


def _claim(claim: Claim, dossier: Dossier, cited_before: set[str]) -> str:
    """The sentence, how sure it is, whose it is, of when, and the issue that has it.

    An issue is cited in full where it comes first, and shortly after that.
    """
    said = sentence(claim, dossier.entities, dossier.summary.entity.id).rstrip(".")
    since, until = spoken_date(claim.as_of) or claim.as_of, spoken_date(claim.until) or claim.until
    when = f"{since} to {until}".strip() if until else since
    by = f"{claim.value}, {claim.said_by}" if claim.relation == ENTITY_LIST else claim.said_by
    told = escape.line("; ".join(filter(None, (claim.status.value, by.strip(", "), when))))
    parts = [f"- {escape.line(said)} ({told})."]
    if url := safe_url(claim.url):
        parts.append(f"<{url}>")
    if claim.issue in dossier.issues:
        short = claim.issue in cited_before
        cited_before.add(claim.issue)
        voice = dossier.voices.get(claim)
        parts.append(cited(pieces(*dossier.issues[claim.issue], voice, short=short), PROFILE))
        if claim.passage:
            parts.append(f"Under “{escape.line(claim.passage)}”.")
    return " ".join(parts)


def _timeline(dossier: Dossier) -> Iterator[str]:
    """The issues of each year with their mentions, those without a date last."""
    points = dossier.summary.timeline
    if not points:
        return
    yield "## Mentions"
    dated = [point for point in points if point.date]
    rows = [
        _year(year, list(found), dossier)
        for year, found in groupby(dated, key=lambda point: point.date[:4])
    ]
    if undated := [point for point in points if not point.date]:
        rows.append(_year("undated", undated, dossier))
    yield _table(("Year", "Mentions", "Issues"), rows)


def _year(year: str, points: Sequence[TimelinePoint], dossier: Dossier) -> tuple[str, ...]:
    issues = ", ".join(_called(point.issue, dossier) for point in points)
    return year, str(sum(point.count for point in points)), issues


def _together(dossier: Dossier) -> Iterator[str]:
    """The lift is told where there are issues enough for it to mean something."""
    together = dossier.summary.together
    if not together:
        return
    lift = sum(bool(point.date) for point in dossier.summary.timeline) >= LIFT_FROM
    yield "## Named with"
    yield _table(
        ("Entity", "Issues", *(["Lift"] if lift else []), "The latest of them"),
        [
            (
                " ".join(filter(None, (each.entity.name, each.entity.han))),
                str(each.issues),
                *([f"{each.lift:.1f}"] if lift else []),
                ", ".join(_called(issue, dossier) for issue in each.shared),
            )
            for each in together
        ],
    )


def _called(issue: str, dossier: Dossier) -> str:
    found = dossier.issues.get(issue)
    return issue_name(*found) if found else issue


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([*map(escape.line, row)] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _passages(dossier: Dossier) -> Iterator[str]:
    if dossier.passages:
        yield "## Passages"
        yield from _quoted(dossier.passages, dossier)


def _through(dossier: Dossier) -> Iterator[str]:
    """What is said of a group is meant of its members, but is not counted as theirs."""
    for group, passages in dossier.through.items():
        if passages:
            yield f"## Named through the group “{escape.line(dossier.entities[group].name)}”"
            yield from _quoted(passages, dossier)


def _quoted(passages: Iterable[DossierPassage], dossier: Dossier) -> Iterator[str]:
    """The passages under their issues, each with its place and whose words it is."""
    for issue, found in groupby(passages, key=lambda passage: passage.issue):
        known = dossier.issues[issue]
        yield f"### {escape.heading(headline(*known))}"
        yield from Walker(PROFILE).source_lines(Source(*known))
        for passage in found:
            yield escape.quote(passage.text)
            paragraph = f"¶{passage.paragraph}" if passage.paragraph else ""
            place = ", ".join(filter(None, (escape.line(passage.section), paragraph)))
            lines = [f"- **Place:** {place}"] if place else []
            yield "\n".join(
                [*lines, f"- **Cite:** {cited(pieces(*known, passage.voice), PROFILE)}"]
            )


def _notes(dossier: Dossier) -> Iterator[str]:
    """The notes on the entity itself, then those on passages."""
    if not dossier.notes:
        return
    about = dossier.summary.entity.id
    own = [note for note in dossier.notes if note.annotation.entity == about]
    walker = Walker(PROFILE)
    yield "## Notes"
    yield from walker.entries(in_place(own))
    for section in by_issue(note for note in dossier.notes if note.annotation.entity != about):
        yield f"### {escape.heading(section.title)}"
        if section.source:
            yield from walker.source_lines(section.source)
        yield from walker.entries(section.notes)
