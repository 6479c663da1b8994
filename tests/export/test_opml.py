from __future__ import annotations

import xml.etree.ElementTree as ET

from chinai_tui.domain.issue import Publication
from chinai_tui.export.opml import render_opml


def test_those_with_a_feed_are_listed_in_their_order() -> None:
    told = [
        Publication(
            "b",
            'A "B" <C> & D\x1b[31m',
            home="https://b.example.org",
            feed="https://b.example.org/f?a=1&b=2",
        ),
        Publication("n", "No feed"),
        Publication("a", "灯笼", feed="https://a.example.org/feed"),
    ]
    text = render_opml(told)
    tree = ET.fromstring(text.encode())  # noqa: S314 - our own
    outlines = [each.attrib for each in tree.iter("outline")]
    assert (tree.tag, tree.get("version")) == ("opml", "2.0")
    assert [each["text"] for each in outlines] == ['A "B" <C> & D', "灯笼"]
    assert outlines[0]["xmlUrl"] == "https://b.example.org/f?a=1&b=2"
    assert outlines[0]["htmlUrl"] == "https://b.example.org"
    assert outlines[0]["type"] == "rss"


def test_an_empty_list_is_one_all_the_same() -> None:
    assert ET.fromstring(render_opml(())).find("body") is not None  # noqa: S314 - our own
