interface Reader {
  engagement: { snapshotId: string | null } | null;
}

/** Whether somebody reads by an engagement whose frozen state is not made yet. */
export function waitsForFreeze(user: Reader): boolean {
  return user.engagement !== null && user.engagement.snapshotId === null;
}
