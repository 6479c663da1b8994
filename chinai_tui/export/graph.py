"""Writes the web of entities for other programs: GraphML, or JSON of nodes and links."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from chinai_tui.domain.comparison import Graph
from chinai_tui.domain.entity import Claim
from chinai_tui.text.sanitise import clean_line

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {int: "int", float: "double", str: "string"}
TOGETHER = "named together"
"""The relation of a link that stands for shared issues."""


def as_json(graph: Graph) -> str:
    """Nodes and links, as D3 and NetworkX (`node_link_graph`) read them."""
    data = {
        "directed": True,
        "multigraph": True,
        "nodes": [*_nodes(graph)],
        "links": [*_links(graph)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_graphml(graph: Graph) -> str:
    """GraphML, as Gephi and yEd read it; every link is directed as a claim is."""
    root = Element("graphml", xmlns=_NAMESPACE)
    nodes, links = [*_nodes(graph)], [*_links(graph)]
    _declare(root, "node", nodes, {"id"})
    _declare(root, "edge", links, {"source", "target"})
    parent = SubElement(root, "graph", edgedefault="directed")
    for node in nodes:
        _write(SubElement(parent, "node", id=node["id"]), "node", node, {"id"})
    for link in links:
        edge = SubElement(parent, "edge", source=link["source"], target=link["target"])
        _write(edge, "edge", link, {"source", "target"})
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _declare(root: Element, of: str, rows: list[dict[str, Any]], own: set[str]) -> None:
    types = {name: _TYPES[type(value)] for row in rows for name, value in row.items()}
    for name, kind in types.items():
        if name not in own:
            about = {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind}
            SubElement(root, "key", about)


def _write(element: Element, of: str, row: dict[str, Any], own: set[str]) -> None:
    for name, value in row.items():
        if name not in own and value != "":
            SubElement(element, "data", key=f"{of}-{name}").text = str(value)


def _nodes(graph: Graph) -> Iterator[dict[str, Any]]:
    for node in graph.nodes:
        entity = node.entity
        yield {
            "id": entity.id,
            "label": clean_line(entity.name),
            "han": clean_line(entity.han),
            "kind": entity.kind.value,
            "mentions": node.mentions,
            "issues": node.issues,
        }


def _links(graph: Graph) -> Iterator[dict[str, Any]]:
    for tie in graph.ties:
        yield {
            "source": tie.first,
            "target": tie.second,
            "relation": TOGETHER,
            "issues": tie.issues,
            "lift": round(tie.lift, 3),
        }
    yield from map(_claim, graph.claims)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "source": claim.subject,
        "target": claim.object,
        "relation": clean_line(claim.relation),
        "value": clean_line(claim.value),
        "text": clean_line(claim.text, 2000),
        "said_by": clean_line(claim.said_by),
        "as_of": clean_line(claim.as_of),
        "status": claim.status.value,
        "issue": claim.issue,
    }
