"""Articles of a MediaWiki site: Wikipedia, Wikivoyage."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize
from urllib.parse import quote

from funcgemma.errors import Unavailable
from funcgemma.functions.http import HttpClient
from funcgemma.functions.sources import sections
from funcgemma.functions.sources.shapes import ask, bad_reply, mapping, objects, text

LICENCE = "CC BY-SA 4.0"
DAY = 86400.0
MOST_CANDIDATES = 10


@dataclass(frozen=True, slots=True)
class Site:
    """A wiki in one language.

    Attributes:
        name: As shown to users.
        base: Address without a path.
        language: ja or en.
    """

    name: str
    base: str
    language: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article as plain text.

    Attributes:
        site: Where it stands.
        title: Its title, after redirects.
        url: Its address, for people.
        lead: The text before the first heading.
        sections: The rest.
        disambiguation: Whether it only lists what its title may mean.
        english: Title of the same article in English, if there is one.
    """

    site: Site
    title: str
    url: str
    lead: str
    sections: tuple[sections.Section, ...]
    disambiguation: bool = False
    english: str = ""

    @property
    def source(self) -> dict[str, str]:
        """Whom to credit."""
        return {
            "name": self.site.name,
            "language": self.site.language,
            "title": self.title,
            "url": self.url,
            "licence": LICENCE,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a name may mean."""

    title: str
    description: str
    url: str


def fetch(http: HttpClient, site: Site, title: str) -> Page | None:
    """The article of that title; redirects are followed, None if there is none.

    Raises:
        Unavailable: The site cannot be asked or answers nonsense.
    """
    wanted = _as_title(title)
    if not wanted:
        return None
    params = {
        "prop": "extracts|info|pageprops|langlinks",
        "titles": wanted,
        "explaintext": 1,
        "exsectionformat": "wiki",
        "inprop": "url",
        "ppprop": "disambiguation",
        "lllang": "en",
    }
    page = _first_page(_query(http, site, params))
    if "missing" in page or "invalid" in page:
        return None
    name = text(page.get("title")) or wanted
    lead, parts = sections.split(text(page.get("extract")))
    props, links = page.get("pageprops"), page.get("langlinks")
    english = links[0].get("title") if isinstance(links, list) and links else ""
    return Page(
        site,
        name,
        text(page.get("fullurl")) or article_url(site, name),
        lead,
        parts,
        disambiguation=isinstance(props, dict) and "disambiguation" in props,
        english=text(english),
    )


def look_up(http: HttpClient, site: Site, name: str) -> Page | tuple[Candidate, ...]:
    """The article on something, or what may be meant; an empty tuple if nothing.

    Raises:
        Unavailable: The site cannot be asked or answers nonsense.
    """
    page = fetch(http, site, name)
    if page is None:
        titles = _search(http, site, name)
        page = fetch(http, site, titles[0]) if len(titles) == 1 else None
        if page is None:
            return tuple(Candidate(title, "", article_url(site, title)) for title in titles)
    return _meanings(http, page) if page.disambiguation else page


def article_url(site: Site, title: str) -> str:
    """The address of an article, for people."""
    return f"{site.base}/wiki/{quote(title.replace(' ', '_'))}"


def _meanings(http: HttpClient, page: Page) -> tuple[Candidate, ...]:
    """What a disambiguation page lists: linked titles that start a line of it."""
    params = {"prop": "links", "titles": page.title, "plnamespace": 0, "pllimit": 100}
    listed = objects(_first_page(_query(http, page.site, params)).get("links", []), "links")
    titles = [text(link.get("title")) for link in listed if text(link.get("title"))]
    lines = "\n".join([page.lead, *(part.text for part in page.sections)]).splitlines()
    found: dict[str, str] = {}
    for line in lines:
        fits = [title for title in titles if line.startswith(title)]
        if fits:
            title = max(fits, key=len)
            found.setdefault(title, line[len(title) :].strip(" -–—:：、,"))
    named = found or dict.fromkeys(titles, "")
    pairs = list(named.items())[:MOST_CANDIDATES]
    return tuple(Candidate(title, about, article_url(page.site, title)) for title, about in pairs)


def _search(http: HttpClient, site: Site, name: str) -> list[str]:
    """Titles that contain the name: a full-text search alone finds anything."""
    words = _as_title(name)
    if not words:
        return []
    params = {"list": "search", "srsearch": words, "srnamespace": 0, "srlimit": 5, "srprop": ""}
    query = mapping(_query(http, site, params).get("query"), "search results")
    hits = objects(query.get("search", []), "search results")
    titles = [text(hit.get("title")) for hit in hits]
    return [title for title in titles if _plain(words) in _plain(title)]


def _query(http: HttpClient, site: Site, params: Mapping[str, Any]) -> Mapping[str, Any]:
    fixed = {"action": "query", "format": "json", "formatversion": 2, "redirects": 1}
    address = f"{site.base}/w/api.php"
    reply = ask(http, address, {**fixed, **params}, "answer", max_age=DAY)
    error = reply.get("error")
    if isinstance(error, dict):
        reason = "rate_limited" if error.get("code") in ("ratelimited", "maxlag") else "server"
        raise Unavailable(f"{site.name} says: {error.get('info')}", reason, "try again later")
    return reply


def _first_page(reply: Mapping[str, Any]) -> Mapping[str, Any]:
    pages = objects(mapping(reply.get("query"), "query").get("pages"), "pages")
    if not pages:
        raise bad_reply("pages")
    return pages[0]


def _as_title(name: str) -> str:
    """A title has none of these characters, and at most 255 bytes."""
    kept = "".join(" " if char in "#<>[]|{}_\n\r\t" else char for char in name)
    return " ".join(kept.split()).encode(errors="replace")[:255].decode(errors="ignore")


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).casefold().split())
