"""The publications that are known: those that ship with the program, and the user's own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from chinai_tui.domain.issue import Metadata, Publication
from chinai_tui.text.fold import fold
from chinai_tui.text.urls import canonical, host_of
from chinai_tui.workspace import bundled

if TYPE_CHECKING:
    from chinai_tui.workspace.core import Core

_OWN = "publications"
"""The meta key of the user's own publications, so that an issue opens without the store."""
_OFFERED = 3
"""Publications that are offered for a name by which none goes."""
_FEEDS = frozenset({"", "feed", "rss", "atom", "feed.xml", "rss.xml", "atom.xml", "index.xml"})
"""Paths of a feed that is alone on its host; below others, feeds of several may stand."""

_POST = re.compile(r"https://[^/?#]+(/p/[^/?#]+)")
_SUBSTACK = ".substack.com"

_REST = r"(?P<number>[0-9]{1,5})\s*(?:(?:[:：–—]|(?:--?|\.)(?![0-9]))\s*(?P<title>\S.*))?"
_NAME = r"(?P<name>\S.{0,79}?)"
_NUMBERED = re.compile(rf"{_NAME}(?:\s+Newsletter)?,?\s*#\s*{_REST}", re.IGNORECASE | re.DOTALL)
"""A title with the name of its publication and its number: `A Letter #41: …`."""
_COUNTED = re.compile(
    rf"(?:{_NAME},?\s+)?(?:Issue|No\.?)\s*#?\s*{_REST}", re.IGNORECASE | re.DOTALL
)
"""A title with its number alone: `Issue 41: …`."""


class Publications:
    """The publications that are known; one of the user's comes before a shipped one of its id."""

    def __init__(self, core: Core) -> None:
        """Read nothing yet."""
        self._core = core
        self._told: str | None = None
        self._known: Mapping[str, Publication] = {}
        self._places: Mapping[str, str] = {}

    def all(self) -> Mapping[str, Publication]:
        """Every publication by id, the shipped ones first."""
        told = self._core.index.get_meta(_OWN) or "[]"
        if self._told != told:
            own = {each["id"]: _read(each) for each in json.loads(told)}
            self._known = {**bundled.publications(), **own}
            self._places = _places(self._known.values())
            self._told = told
        return self._known

    def get(self, publication_id: str) -> Publication:
        """The publication with that id; one that nobody describes goes by its id."""
        return self.all().get(publication_id) or Publication(publication_id, publication_id)

    def called(self, name: str) -> str:
        """The id of the one publication that goes by a name; empty where none or several do.

        An id goes before a title or a label. Those that nobody describes count too, as long as
        there are issues of them.
        """
        named = self._called(name)
        return named[0] if len(named) == 1 else ""

    def _called(self, name: str) -> list[str]:
        """The ids of all that go by a name as well as any does."""
        known, wanted = self.all(), fold(name).strip()
        if wanted in known:
            return [wanted]
        named = [id_ for id_, each in known.items() if wanted in _names(each)]
        if named:
            return named
        outlets = dict(self._core.index.outlets())
        if wanted in outlets:
            return [wanted]
        return [id_ for id_, title in outlets.items() if wanted == fold(title)]

    def unknown(self, name: str) -> str:
        """What is said of a name by which not one publication goes, with the name before it."""
        return f"{name}: {self.why_unknown(name)}"

    def why_unknown(self, name: str) -> str:
        """Why no publication is meant by a name: which ones may be, or several go by it."""
        from chinai_tui.text.spelling import nearest

        if several := self._called(name):
            return f"several go by it: {', '.join(several)}"
        known = self.all()
        begun = fold(name)
        like = nearest(begun, list(known), lambda _: 0) or [
            id_ for id_, each in known.items() if any(map(_begins(begun), _names(each)))
        ]
        meant = f"; did you mean {' or '.join(like[:_OFFERED])}?" if like else ";"
        return f"no such publication{meant} `chinai publications` lists them"

    def labelled(self) -> dict[str, str]:
        """The ids of the publications that have a label, by the label, folded."""
        return {fold(each.label): each.id for each in self.all().values() if each.label}

    def of_host(self, host: str) -> str:
        """The id of the publication whose texts stand on a host; empty if none is known.

        `host` is as `text.urls.host_of` gives it. A host on which several say they stand is
        nobody's, nor is one on which a publication has but a path.
        """
        self.all()
        return self._places.get(host, "")

    def of_url(self, url: str) -> str:
        """The id of the publication that has the host of an address, or the path it is below.

        Empty if none is known.
        """
        self.all()
        place = _place(url)
        while place:
            if place in self._places:
                return self._places[place]
            place = place.rpartition("/")[0]
        return ""

    def filed(self, metadata: Metadata) -> Metadata:
        """What a text says of itself, with the publication and the number it does not name.

        The publication is that of the place where it stands or of the host which sent it, of one
        from nowhere that whose label the title has. The number is that of the title, which loses
        it.
        """
        if not metadata.publication:
            metadata = replace(metadata, publication=self._of(metadata))
        if not metadata.publication:
            return metadata
        match = _number_in(metadata.title, self.get(metadata.publication))
        if match is None or metadata.number not in (None, int(match["number"])):
            return metadata
        title = match["title"] or metadata.title
        return replace(metadata, number=int(match["number"]), title=title)

    def _of(self, metadata: Metadata) -> str:
        """The id of the publication that a text is of, though it does not say so."""
        if metadata.url:
            return self.of_url(metadata.url)
        if metadata.host:
            return self._below(metadata.host)
        match = _NUMBERED.fullmatch(metadata.title)
        return self.labelled().get(fold(match["name"]), "") if match else ""

    def other_addresses(self, publication: str, url: str) -> Iterator[str]:
        """Where a post stands besides, if its publication is at Substack and on a host of its own.

        Mails and links of the same post name the one or the other.
        """
        of_post = _POST.fullmatch(canonical(url))
        known = self.get(publication)
        hosts = [host for host in known.hosts if host.endswith(_SUBSTACK)]
        if of_post and hosts and host_of(url) in {*hosts, host_of(known.home)}:
            sites = (known.home.rstrip("/"), *(f"https://{host}" for host in hosts))
            yield from (site + of_post[1] for site in sites if host_of(site) != host_of(url))

    def _below(self, host: str) -> str:
        """The id of the publication of a host, or of the one below which it is."""
        while "." in host:
            if found := self.of_host(host):
                return found
            host = host.partition(".")[2]
        return ""

    def mirror(self) -> None:
        """Copy the user's own publications from the store to the index."""
        own = [asdict(each) for each in self._core.store.publications.all().values()]
        self._core.index.set_meta(_OWN, json.dumps(own))


def _names(publication: Publication) -> set[str]:
    """What a publication goes by, folded."""
    told = (publication.id, publication.title, publication.label)
    return {fold(each) for each in told if each}


def _begins(begun: str) -> Callable[[str], bool]:
    """What tells of a folded name whether it begins so, with three letters at least."""
    return lambda name: len(begun) > 2 and name.startswith(begun)


def _places(publications: Iterable[Publication]) -> dict[str, str]:
    """Whose texts stand on a host or below a path; nobody's where several say so."""
    places: dict[str, str] = {}
    for each in publications:
        for place in {*hosts_of(each), _place(each.home)} - {""}:
            places[place] = each.id if place not in places else ""
    return places


def _place(url: str) -> str:
    """The host and the path of an address; empty without a host."""
    host = host_of(url)
    return host + urlsplit(url).path.rstrip("/") if host else ""


def _read(told: Mapping[str, object]) -> Publication:
    values = {key: tuple(each) if isinstance(each, list) else each for key, each in told.items()}
    return Publication(**values)  # type: ignore[arg-type]  # written from one


def _number_in(title: str, publication: Publication) -> re.Match[str] | None:
    """The number that a title has in a form of its publication's, which must name itself in it.

    Only one that has a label counts its issues without its name.
    """
    names = {_bare(publication.label), _bare(publication.title)} - {""}
    if (match := _NUMBERED.fullmatch(title)) and _bare(match["name"]) in names:
        return match
    match = _COUNTED.fullmatch(title) if publication.label else None
    return match if match and _bare(match["name"] or publication.label) in names else None


def _bare(name: str) -> str:
    """A name as it is compared, without the word that may follow it."""
    return fold(name).removesuffix("newsletter").strip()


def hosts_of(publication: Publication) -> Iterator[str]:
    """The hosts on which the texts of a publication stand, or from which it sends them."""
    yield from publication.hosts
    if not urlsplit(publication.home).path.strip("/"):
        yield host_of(publication.home)
    if is_alone(publication.feed):
        yield host_of(publication.feed)


def is_alone(feed: str) -> bool:
    """Whether the address of a feed is that of the only one on its host."""
    return urlsplit(feed).path.strip("/") in _FEEDS
