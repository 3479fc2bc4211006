/** Seven layers, the topmost first: the mark of Heptad. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden focusable="false">
      {STRIPES.map(([left, width], layer) => (
        <rect key={layer} x={left} y={1 + layer * 3} width={width} height={2} rx={1} fill="var(--accent)" />
      ))}
    </svg>
  );
}

/** Left edge and width of each stripe; together they draw a heptagon standing on its base. */
const STRIPES: readonly (readonly [number, number])[] = [
  [8.5, 5],
  [5, 12],
  [2.6, 16.8],
  [1.6, 18.8],
  [1, 20],
  [2.6, 16.8],
  [5, 12],
];
