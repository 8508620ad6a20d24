"""IANA time zones: reading what people type, and never trusting a name that came from elsewhere."""

from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bot.domain.errors import InvalidInputError

UTC_ZONE = "UTC"
_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})


@cache
def known_zones() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset(available_timezones() - _NOT_PLACES)


def zone_or_utc(name: str | None) -> str:
    """Return `name` when it is a time zone, else UTC."""
    return name if name and name in known_zones() else UTC_ZONE


def read_zone(typed: str) -> str:
    """Return the time zone a person means, however they wrote it. Raises InvalidInputError with the nearest one."""
    wanted = "_".join(typed.split()).casefold()
    if not wanted:
        raise InvalidInputError("zone_missing", "zone")
    by_name = _zones_by_name()
    if wanted in by_name:
        return by_name[wanted]
    cities = _zones_by_city().get(wanted, ())
    if len(cities) == 1:
        return cities[0]
    raise InvalidInputError("zone_unknown", "zone", typed=typed.strip()[:60], nearest=cities or _near(wanted))


@cache
def _zones_by_name() -> dict[str, str]:
    return {zone.casefold(): zone for zone in sorted(known_zones())}


@cache
def _zones_by_city() -> dict[str, tuple[str, ...]]:
    """Return the zones by the last part of their names, which is a city for those that have more than one part."""
    cities: dict[str, tuple[str, ...]] = {}
    for zone in sorted(known_zones()):
        if "/" in zone and not zone.startswith("Etc/"):
            city = zone.rpartition("/")[2].casefold()
            cities[city] = (*cities.get(city, ()), zone)
    return cities


def _near(wanted: str) -> tuple[str, ...]:
    by_name, by_city = _zones_by_name(), _zones_by_city()
    whole = get_close_matches(wanted, by_name, n=1, cutoff=0.7)
    if whole:
        return (by_name[whole[0]],)
    city = get_close_matches(wanted.rpartition("/")[2], by_city, n=1, cutoff=0.7)
    return by_city[city[0]][:3] if city else ()
