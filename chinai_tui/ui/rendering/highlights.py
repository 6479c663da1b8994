"""The five colours of highlights: their signs, their grounds, and which one is meant."""

from __future__ import annotations

from collections.abc import Mapping

from chinai_tui.domain.annotation import Annotation, AnnotationKind, Color

SIGNS: Mapping[Color, str] = {
    Color.YELLOW: "○",
    Color.GREEN: "△",
    Color.BLUE: "□",
    Color.RED: "◇",
    Color.PURPLE: "✚",
}
"""A shape for each, of one cell, so that they are told apart without colour."""

DEFAULT = Color.GREEN
"""The colour of a highlight for which none was chosen."""

NOTE, BOOKMARK = "▸", "★"

ROLES: Mapping[Color, str] = {color: f"highlight-{color}" for color in Color}
"""The role of the ground in the palette, and the name of the style."""
MEETING = "highlights-meet"
"""The same where highlights of two colours lie on each other."""
INKS: Mapping[Color, str] = {
    Color.YELLOW: "company",
    Color.GREEN: "person",
    Color.BLUE: "link",
    Color.RED: "state",
    Color.PURPLE: "place",
}
"""The role of the colour in which the sign is drawn."""


def color_of(name: str) -> Color:
    """The colour of that name; the default one for any other name, or none."""
    return Color(name) if name in set(Color) else DEFAULT


def sign_of(annotation: Annotation) -> str:
    """The sign of an annotation in margins and lists."""
    if annotation.kind is AnnotationKind.HIGHLIGHT:
        return SIGNS[color_of(annotation.color)]
    return NOTE if annotation.kind is AnnotationKind.NOTE else BOOKMARK


def ink_of(annotation: Annotation) -> str:
    """The role of the colour in which the sign of an annotation is drawn."""
    if annotation.kind is AnnotationKind.HIGHLIGHT:
        return INKS[color_of(annotation.color)]
    return "company" if annotation.kind is AnnotationKind.NOTE else "accent"
