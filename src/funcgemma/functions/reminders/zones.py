"""Time zones by name: `Asia/Tokyo`, or an offset such as `+09:00` where no name is known."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from funcgemma.errors import StoreError


def zone_name(moment: datetime) -> str:
    """The IANA name of a moment's zone, else its offset; "" for a naive one."""
    key = getattr(moment.tzinfo, "key", None)
    if isinstance(key, str):
        return key
    offset = moment.strftime("%z")
    return f"{offset[:3]}:{offset[3:5]}" if offset else ""


@lru_cache(maxsize=64)
def load_zone(name: str) -> tzinfo:
    """The zone of that name or offset.

    Raises:
        StoreError: There is no such zone on this machine.
    """
    try:
        if name[:1] in "+-":
            zone = datetime.strptime(name, "%z").tzinfo
            if zone is not None:
                return zone
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise StoreError(
            f"the time zone '{name}' is not known here",
            "use a name such as Asia/Tokyo or an offset such as +09:00; "
            "on Windows the package tzdata brings the names",
        ) from error


def is_known(name: str) -> bool:
    """Whether there is such a zone on this machine."""
    try:
        load_zone(name)
    except StoreError:
        return False
    return True


def to_utc(wall: datetime, zone: str) -> datetime:
    """The moment at which the clocks of a zone show this time."""
    return wall.replace(tzinfo=load_zone(zone)).astimezone(UTC)


def to_wall(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at a moment (naive)."""
    return moment.astimezone(load_zone(zone)).replace(tzinfo=None)


def between_zones(wall: datetime, zone: str, other: str) -> datetime:
    """The same moment on the clocks of another zone; as it is where one is not known."""
    if zone == other or not is_known(zone) or not is_known(other):
        return wall
    return to_wall(to_utc(wall, zone), other)
