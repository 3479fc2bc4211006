"""Computes legal deadlines a second time, written from the rules and not from the TypeScript.

Reads one JSON case per line and writes one JSON answer per line. Needs Python 3.9 and time-zone data.
Rules: hours are elapsed time; days, working days and months keep the local time of day; a month without that
day ends on its last day; a skipped local time is moved on by the length of the skip, a repeated one is taken
the first time; an outer limit applies unless it had passed before the period began; a deadline on a day off
may roll to the last second or the noon of the next working day.
"""

import calendar
import json
import sys
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)
MS = timedelta(milliseconds=1)


def utc_of(naive, zone):
    """The first UTC instant whose wall clock in the zone shows `naive`, or `naive` moved past a skip."""
    around = {(naive + shift).replace(tzinfo=timezone.utc).astimezone(zone).utcoffset() for shift in (-DAY, DAY)}
    instants = [naive.replace(tzinfo=timezone.utc) - offset for offset in around]
    shown = [instant for instant in instants if instant.astimezone(zone).replace(tzinfo=None) == naive]
    # In a skip no instant shows the time: counting with the offset from before the skip gives the later instant.
    return min(shown) if shown else max(instants)


def is_off(day, case):
    return day.isoweekday() in case["restDays"] or day.isoformat() in case["holidays"]


def work_day(day, count, case):
    while count:
        day += DAY
        count -= 0 if is_off(day, case) else 1
    return day


def add(instant, n, unit, case, zone):
    if unit == "hours":
        return instant + timedelta(hours=n)
    wall = instant.astimezone(zone).replace(tzinfo=None)
    if unit == "days":
        day = wall.date() + timedelta(days=n)
    elif unit == "working_days":
        day = work_day(wall.date(), n, case)
    else:
        year, month = divmod(wall.year * 12 + wall.month - 1 + n, 12)
        day = date(year, month + 1, min(wall.day, calendar.monthrange(year, month + 1)[1]))
    return utc_of(datetime.combine(day, wall.time()), zone)


def answer(case):
    zone = ZoneInfo(case["zone"])
    start = EPOCH + case["at"] * MS
    due = add(start, case["n"], case["unit"], case, zone)
    if case["cap"]:
        outer = add(EPOCH + case["cap"]["at"] * MS, case["cap"]["n"], case["cap"]["unit"], case, zone)
        if start <= outer < due:
            due = outer
    latest = due
    day = due.astimezone(zone).date()
    if case["roll"] != "none" and is_off(day, case):
        day = work_day(day, 1, case)
        if case["roll"] == "next_working_day_noon":
            latest = utc_of(datetime.combine(day, time(12)), zone)
        else:
            latest = utc_of(datetime.combine(day + DAY, time()), zone) - timedelta(seconds=1)
    return {"dueAt": (due - EPOCH) // MS, "latestAt": (latest - EPOCH) // MS}


def main():
    try:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))))
    except ZoneInfoNotFoundError as error:
        sys.exit(f"no time-zone data: {error}")


main()
