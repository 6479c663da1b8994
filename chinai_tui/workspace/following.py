"""Which publications one follows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from chinai_tui.domain.issue import ISSUE_ID, Publication
from chinai_tui.errors import NetworkError, NotFoundError
from chinai_tui.store.records import Followed
from chinai_tui.text.slug import free, slug
from chinai_tui.text.urls import canonical, host_of
from chinai_tui.workspace.publications import is_alone
from chinai_tui.workspace.records import Changed

if TYPE_CHECKING:
    from chinai_tui.ingest.http import Tell
    from chinai_tui.workspace.core import Core
    from chinai_tui.workspace.fetching import Fetching
    from chinai_tui.workspace.indexing import Indexing

FROM_THE_START = ("chinai",)
"""What is followed until one says otherwise."""
_SUBSTACK = ".substack.com"
_ID_LIMIT = 40
_FEED = re.compile(
    r"(?:/(?:feed|feeds|rss|atom)(?:/[^/]*)?|\.(?:xml|rss|rss2|rdf|atom|json))/?$", re.I
)
"""How the path of a feed ends."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A publication that is known, and whether one follows it."""

    publication: Publication
    followed: bool
    asked: str = ""
    """When it was last asked for what is new, ISO 8601 in UTC; empty if it never was."""


class Following:
    """Follows publications and lets go of them."""

    def __init__(self, core: Core, indexing: Indexing, fetching: Fetching) -> None:
        self._core = core
        self._indexing = indexing
        self._fetching = fetching

    def all(self) -> tuple[Subscription, ...]:
        """Every publication that can be followed or has been, those that are followed first."""
        states = self._core.store.followed.all()
        known = (
            subscription(each, states)
            for each in self._core.publications.all().values()
            if each.feed or each.id in states
        )
        return tuple(sorted(known, key=lambda each: not each.followed))

    def followed(self) -> tuple[Subscription, ...]:
        """Those that are followed."""
        return tuple(each for each in self.all() if each.followed)

    def opml(self) -> str:
        """Those that are followed, as the list that feed readers hand each other."""
        from chinai_tui.export.opml import render_opml

        return render_opml(each.publication for each in self.followed())

    def follow(self, name: str, tell_wait: Tell = lambda _: None) -> Publication:
        """Follow a publication that goes by an id, a title or an address, and give it.

        An address that is not known is asked for its feed, and the feed for its publication. So is
        the address of another feed than is known of a publication, which then has that. Where a
        host asks to wait, `tell_wait` is told.

        Raises:
            NotFoundError: It is no address, and no publication that could be followed is known
                by it.
            NetworkError: The address cannot be had, or has no feed.
            StoreError: It could not be saved.
        """
        known, address = self.known(name), _address(name)
        if known is None and not address:
            unknown = self._core.publications.unknown(name)
            raise NotFoundError(f"{unknown}; one that is not there is followed by its address")
        if known and not (_names_feed(address) and _key(address) != _feed_key(known)):
            if not known.feed:
                raise NotFoundError(f"{known.id}: no feed of it is known; give its address")
            return self._kept([known])[0]
        return self._kept([self._discovered(address, tell_wait)], take_feed=True)[0]

    def follow_listed(self, publications: Iterable[Publication]) -> tuple[Publication, ...]:
        """Follow those that a list of subscriptions names, as far as it gives their feeds.

        Nothing is fetched. Raises StoreError where it could not be saved.
        """
        return self._kept([each for each in publications if each.feed])

    def unfollow(self, name: str) -> Publication:
        """Let go of a publication that goes by an id, a title or an address; its issues stay.

        Raises:
            NotFoundError: It is not followed.
            StoreError: It could not be saved.
        """
        known = self.known(name)
        followed = {each.publication.id for each in self.followed()}
        if known is None:
            raise NotFoundError(self._core.publications.unknown(name))
        if known.id not in followed:
            raise NotFoundError(f"{name}: is not followed; `chinai publications` lists what is")

        self._save([known.id], unfollowed=True)
        return known

    def known(self, name: str) -> Publication | None:
        """The publication that is meant by a name, or by the address of it or of a post."""
        publications = self._core.publications
        if (address := _address(name)) and (found := publications.of_url(canonical(address))):
            return publications.all().get(found)
        return publications.all().get(publications.called(name))

    def _discovered(self, url: str, tell_wait: Tell) -> Publication:
        """What an address tells of its publication, without an id."""
        from chinai_tui.ingest import discovery

        fetcher = self._fetching.fetcher(tell=tell_wait)
        answer = fetcher.get(url)
        found = discovery.publication_of_feed(answer.data, answer.url)
        if found is None:
            named = discovery.feed_of_page(answer.data, answer.url)
            feed = fetcher.get(named or urljoin(answer.url, "/feed"))
            found = discovery.publication_of_feed(feed.data, feed.url)
        if found is None:
            raise NetworkError(url, "has no feed; save its pages, then `chinai import FILE`")
        return found

    def _kept(
        self, publications: Iterable[Publication], *, take_feed: bool = False
    ) -> tuple[Publication, ...]:
        """Follow publications, each under the id that it has or is given now.

        One that is known keeps its feed, unless that which is told is to be taken.
        """
        known = dict(self._core.publications.all())
        feeds = {_feed_key(each): each for each in known.values() if each.feed}
        kept: dict[str, Publication] = {}
        new = []
        for told in publications:
            same = feeds.get(_feed_key(told)) or self._on_host(told)
            if same is None:
                same = replace(told, id=_new_id(told, known), title=_title(told))
                known[same.id] = feeds[_feed_key(same)] = same
                new.append(same)
            elif take_feed and _feed_key(same) != _feed_key(told):
                same = replace(same, feed=told.feed)
                new.append(same)
            kept[same.id] = same

        if kept:
            self._save(kept, unfollowed=False, new=new)
        return tuple(kept.values())

    def _on_host(self, told: Publication) -> Publication | None:
        """The publication that is at home where one says it is, unless the host has several."""
        if urlsplit(told.home).path.strip("/"):
            return None
        publications = self._core.publications
        found = publications.all().get(publications.of_host(host_of(told.home)))
        return found if found and (is_alone(found.feed) or is_alone(told.feed)) else None

    def _save(
        self, ids: Iterable[str], *, unfollowed: bool, new: Iterable[Publication] = ()
    ) -> None:
        store = self._core.store

        def _commit() -> None:
            with store.issues_file.transaction() as tx:
                for each in new:
                    tx.put(store.publications, each)
                for id_ in ids:
                    state = tx.get(store.followed, id_) or Followed(id_)
                    tx.put(store.followed, replace(state, unfollowed=unfollowed))
            self._core.publications.mirror()
            self._indexing.remember()
            self._core.emit(Changed(library=True))

        self._core.write(_commit)


def subscription(publication: Publication, states: Mapping[str, Followed]) -> Subscription:
    """How one stands to a publication, by what is kept of those one was asked about."""
    state = states.get(publication.id)
    if state is None:
        return Subscription(publication, publication.id in FROM_THE_START)
    return Subscription(publication, not state.unfollowed, state.asked)


def _address(name: str) -> str:
    """The address that somebody gives; empty if it is none."""
    if "://" not in name:
        name = f"https://{name}" if "." in name else ""
    return name if host_of(canonical(name)) else ""


def _names_feed(url: str) -> bool:
    """Whether an address is that of a feed, by its last words."""
    return bool(_FEED.search(urlsplit(url).path))


def _feed_key(publication: Publication) -> str:
    return _key(publication.feed)


def _key(feed: str) -> str:
    """By what two addresses of one feed are known as one: all but the scheme."""
    return feed.partition("://")[2].rstrip("/").lower()


def _title(publication: Publication) -> str:
    return publication.title or host_of(publication.home or publication.feed)


def _new_id(told: Publication, taken: Container[str]) -> str:
    """A fresh id: the one it asks for, the name it has on Substack, or words of its title."""
    if ISSUE_ID.fullmatch(told.id) and told.id not in taken:
        return told.id
    host = host_of(told.home)
    words = host.removesuffix(_SUBSTACK) if host.endswith(_SUBSTACK) else _title(told)
    stem = slug(words, _ID_LIMIT) or slug(host_of(told.feed), _ID_LIMIT) or "publication"
    return free(stem, taken)
