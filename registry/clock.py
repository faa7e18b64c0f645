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


def day_began() -> datetime:
    """Return the moment at which today began in China."""
    return datetime.combine(today(), time.min, CHINA)


def local(moment: datetime) -> datetime:
    """Return a UTC moment as China's wall-clock time, for reading."""
    return moment.astimezone(CHINA)
