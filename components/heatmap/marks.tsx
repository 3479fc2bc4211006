/** Key control or cap holds the score down. Drawn here: an icon component in 1,600 cells would cost a second of rendering. */
export function LockMark() {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden focusable="false">
      <path d="M3.5 5V3.8a2.5 2.5 0 0 1 5 0V5" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <rect x="2" y="5" width="8" height="5.6" rx="1" fill="currentColor" />
    </svg>
  );
}

/** A solid arrow head, up or down. */
export function TrendMark({ isUp }: { isUp: boolean }) {
  return (
    <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden focusable="false">
      <path d={isUp ? 'M4 1 7.5 7h-7z' : 'M4 7 .5 1h7z'} fill="currentColor" />
    </svg>
  );
}
