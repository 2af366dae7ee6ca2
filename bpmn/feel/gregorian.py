"""
The calendar without an end: days of any year, before Christ and after 9999 (XML Schema 1.1, ISO 8601).

Python's dates have four digits of year; those of the standard have nine. Day 0 is 1970-01-01.
"""

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CYCLE = 146_097
"""Days in 400 years, after which the calendar repeats."""


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else DAYS[month - 1]


def number_of(year: int, month: int, day: int) -> int:
    """Return the number of a day; years are counted from March, so that a leap day is the last."""
    if month <= 2:
        year -= 1
    cycle, year_in_cycle = divmod(year, 400)
    day_in_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_in_cycle = year_in_cycle * 365 + year_in_cycle // 4 - year_in_cycle // 100 + day_in_year
    return cycle * CYCLE + day_in_cycle - 719_468


def day_of(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a number."""
    cycle, day_in_cycle = divmod(number + 719_468, CYCLE)
    year_in_cycle = (
        day_in_cycle - day_in_cycle // 1460 + day_in_cycle // 36_524 - day_in_cycle // 146_096
    ) // 365
    day_in_year = day_in_cycle - (365 * year_in_cycle + year_in_cycle // 4 - year_in_cycle // 100)
    month_from_march = (5 * day_in_year + 2) // 153
    day = day_in_year - (153 * month_from_march + 2) // 5 + 1
    month = month_from_march + 3 if month_from_march < 10 else month_from_march - 9
    return cycle * 400 + year_in_cycle + (month <= 2), month, day
