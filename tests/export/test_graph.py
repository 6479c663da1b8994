"""The web of entities as other programs read it."""

from __future__ import annotations

import json
from xml.etree import ElementTree

from chinai_tui.domain.comparison import Graph, Node, Tie
from chinai_tui.domain.entity import Claim, Entity, EntityKind
from chinai_tui.export.graph import as_graphml, as_json

NAMES = "{http://graphml.graphdrawing.org/xmlns}"


def node(entity_id: str, name: str, mentions: int = 3) -> Node:
    return Node(Entity(entity_id, EntityKind.COMPANY, name, han="灯塔"), mentions, 2)


GRAPH = Graph(
    (node("lamp", "Lamp & <Sons>\x1b[2J"), node("quay", "Quay")),
    (Tie("lamp", "quay", 2, 1.23456),),
    (Claim("quay", "invested in", "lamp", value="10 %", text="Quay has a tenth.", said_by="A"),),
)


def read(graph: Graph) -> ElementTree.Element:
    return ElementTree.fromstring(as_graphml(graph))  # noqa: S314


def test_json_has_nodes_and_links_of_both_sorts() -> None:
    data = json.loads(as_json(GRAPH))
    assert [each["id"] for each in data["nodes"]] == ["lamp", "quay"]
    assert data["nodes"][0]["han"] == "灯塔"
    together, claim = data["links"]
    assert (together["relation"], together["issues"], together["lift"]) == (
        "named together",
        2,
        1.235,
    )
    assert (claim["source"], claim["target"], claim["value"]) == ("quay", "lamp", "10 %")


def test_graphml_declares_what_it_uses_and_is_well_formed() -> None:
    root = read(GRAPH)
    declared = {key.get("id"): key.get("attr.type") for key in root.iter(f"{NAMES}key")}
    used = {data.get("key") for data in root.iter(f"{NAMES}data")}
    assert used <= set(declared)
    assert declared["node-mentions"] == "int"
    assert declared["edge-lift"] == "double"
    nodes = [each.get("id") for each in root.iter(f"{NAMES}node")]
    edges = [(each.get("source"), each.get("target")) for each in root.iter(f"{NAMES}edge")]
    assert nodes == ["lamp", "quay"]
    assert edges == [("lamp", "quay"), ("quay", "lamp")]
    label = root.find(f".//{NAMES}data[@key='node-label']")
    assert label is not None
    assert label.text == "Lamp & <Sons>"


def test_an_empty_library_gives_an_empty_web() -> None:
    empty = Graph((), (), ())
    assert json.loads(as_json(empty))["nodes"] == []
    assert read(empty).find(f"{NAMES}graph") is not None
