"""Which place is meant by a name."""

import math
import re
from unicodedata import normalize

from funcgemma.errors import Unavailable
from funcgemma.functions.http import HttpClient
from funcgemma.functions.sources.open_meteo import Place, geocode
from funcgemma.functions.sources.place_names import names_of, stem

_JAPANESE = re.compile(r"[一-龥々ぁ-ん]")


def find_place(http: HttpClient, base: str, said: str, language: str) -> Place:
    """The place that fits best what was said.

    A gazetteer lists hamlets before capitals now and then, so its order counts
    for little: the name, the country and the population decide.

    Raises:
        Unavailable: With reason not_found where nothing fits.
    """
    wanted = names_of(said)
    home = "JP" if language == "ja" and _JAPANESE.search(said) else ""
    elsewhere: list[tuple[float, Place]] = []
    for names in wanted.rounds:
        found = [place for name in names for place in geocode(http, base, name, language)]
        scored = [(score(place, names[0], home), place) for place in found]
        inside = [pair for pair in scored if lies_in(pair[1], wanted.area)]
        if inside:
            return _best(inside)
        elsewhere += scored
    if elsewhere:
        return _best(elsewhere)
    raise Unavailable(f"no place named '{said}'", "not_found", "say a larger place nearby")


def score(place: Place, name: str, home: str) -> float:
    """How well a place fits: about the number of digits of its population, and more.

    Args:
        place: A place of the gazetteer.
        name: What was asked for.
        home: Country whose places come first, or an empty string.
    """
    points = math.log10(max(place.population, 1))
    if _same(place.name, name):
        points += 3
    if home and place.country_code == home:
        points += 1.5
    # The middle of a prefecture is often a mountain; its capital is what people mean.
    if not place.feature_code.startswith("ADM"):
        points += 1
    return points


def lies_in(place: Place, area: str) -> bool:
    """Whether a place lies in the prefecture, state or country named along with it."""
    around = (place.admin1, place.country, place.country_code)
    return not area or any(_same(name, area) for name in around if name)


def _best(scored: list[tuple[float, Place]]) -> Place:
    return max(scored, key=lambda pair: pair[0])[1]


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return stem(normalize("NFKC", name).strip(), shortest=1).casefold()
