"""Claims of the catalogue as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.text.fold import fold


def speaker(claim: Claim, outlet: str = "") -> str:
    """Whose words a claim rests on, in short, where they are not those of who wrote the issue.

    `Josh Horwitz for Quartz, reposted by The Low-Down` is `Josh Horwitz for Quartz`; empty for
    `Jeffrey Ding, ChinAI #29`, where the name of the issue follows that of its author.

    Args:
        claim: what is said.
        outlet: the publication, which is told beside it; who bears its name is not told.
    """
    who, _, rest = claim.said_by.partition(", ")
    is_author = rest[:1].isupper()
    return "" if is_author or (outlet and fold(outlet) in fold(who)) else who


def sentence(claim: Claim, entities: Mapping[str, Entity], about: str = "") -> str:
    """A claim in words: its own, or relation, object and figure where it has none.

    Args:
        claim: what is said.
        entities: those that are named, by id; one that is not there is called by its id.
        about: the id of the entity whose page it is on; a claim about any other begins with the
            other's name, unless its words have it.
    """
    target = entities.get(claim.object)
    name = target.name if target is not None else claim.object
    said = claim.text or " ".join(filter(None, (claim.relation, name, claim.value)))
    subject = entities.get(claim.subject)
    if subject is None or claim.subject == about or fold(subject.name) in fold(said):
        return said
    return f"{subject.name}: {said}"
