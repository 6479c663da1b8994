"""Claims of the catalogue as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from chinai_tui.domain.entity import Claim, Entity
from chinai_tui.text.fold import fold


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
