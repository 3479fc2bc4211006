/** The last `count` whole months before `now`, newest first, as `YYYY-MM` in UTC – the months snapshots are made of. */
export function recentMonths(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1 - back, 1));
    return month.toISOString().slice(0, 7);
  });
}
