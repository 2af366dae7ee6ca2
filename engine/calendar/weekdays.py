"""
The weekdays on which Sweden works: which days are holidays is known to the library `holidays`.

Nothing but its days is used. It counts working days as well, but one day after another and by a calendar that
grows while it is asked, which several threads may not do.
"""

from datetime import date, timedelta
from functools import cache

from holidays import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

FIRST_YEAR, LAST_YEAR = 1953, 2199
"""Before there was another law; after, nobody knows the law."""
SATURDAY = 5


@cache  # a calendar of at most so many years, which is the same for ever
def of_year(year: int, *, eves_free: bool) -> tuple[date, ...]:
    """Return the days of a year on which work is done, in their order, with or without the eves."""
    categories = (PUBLIC, DE_FACTO) if eves_free else (PUBLIC,)
    free = Sweden(years=year, expand=False, categories=categories)
    first = date(year, 1, 1)
    days = (first + timedelta(number) for number in range((date(year, 12, 31) - first).days + 1))
    return tuple(day for day in days if day.weekday() < SATURDAY and day not in free)
