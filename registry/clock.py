"""The only reader of the clock."""

from datetime import UTC, date, datetime, time, timedelta, timezone

#: China has one time zone and no summer time, so a fixed offset is exact and needs no zone data.
CHINA = timezone(timedelta(hours=8), "CST")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return today's date in China."""
    return now().astimezone(CHINA).date()


def start_of(day: date) -> datetime:
    """Return the moment, in UTC, at which a day begins in China."""
    return datetime.combine(day, time.min, CHINA).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """Return a UTC moment as China's wall-clock time, for reading."""
    return moment.astimezone(CHINA)
