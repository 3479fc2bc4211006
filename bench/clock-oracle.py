"""Computes legal deadlines a second time, written from the rules and not from the TypeScript.

Reads one JSON case per line and writes one JSON answer per line. Needs Python 3.9 and time-zone data.
Rules: hours are elapsed time; days, working days and months keep the local time of day; a month without that
day ends on its last day; a skipped local time is moved on by the length of the skip, a repeated one is taken
the first time; an outer limit applies unless it had passed before the period began; a deadline on a day off
may roll to the last second or the noon of the next working day; with the former, a period not in hours lasts to the
end of its last day, and if it has two days or more, until it has held two working days.
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


def second_before(day, zone):
    return utc_of(datetime.combine(day + DAY, time()), zone) - timedelta(seconds=1)


def latest_of(start, due, n, unit, case, zone):
    if case["roll"] == "none":
        return due
    last = due.astimezone(zone).date()
    moved = is_off(last, case)
    if moved:
        last = work_day(last, 1, case)
    if case["roll"] == "next_working_day_noon":
        return utc_of(datetime.combine(last, time(12)), zone) if moved else due
    if unit == "hours":
        return second_before(last, zone) if moved else due
    wanted = 2 if n >= 2 or unit == "calendar_months" else 0
    day = start.astimezone(zone).date()
    while wanted:
        day += DAY
        wanted -= 0 if is_off(day, case) else 1
        last = max(last, day)
    return max(due, second_before(last, zone))


def answer(case):
    zone = ZoneInfo(case["zone"])
    start = EPOCH + case["at"] * MS
    n, unit = case["n"], case["unit"]
    due = add(start, n, unit, case, zone)
    if case["cap"]:
        cap = case["cap"]
        cap_start = EPOCH + cap["at"] * MS
        outer = add(cap_start, cap["n"], cap["unit"], case, zone)
        if start <= outer < due:
            start, due, n, unit = cap_start, outer, cap["n"], cap["unit"]
    latest = latest_of(start, due, n, unit, case, zone)
    return {"dueAt": (due - EPOCH) // MS, "latestAt": (latest - EPOCH) // MS}


def main():
    try:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line))))
    except ZoneInfoNotFoundError as error:
        sys.exit(f"no time-zone data: {error}")


main()
