import { TOTAL, type HeatmapAnswer, type HeatmapCell, type HeatmapColumn } from './heatmap-types';

export interface SectorRow {
  /** Sector id, or the total over all of them. */
  id: string;
  /** The sector as one, then each of its entities; every entity stands in its own sector only. */
  cells: readonly { column: string; entity: HeatmapColumn | null; cell: HeatmapCell | undefined }[];
}

/** A heatmap by sector as rows of different length: as a matrix nearly all of it would be "does not apply". */
export function arrangeSectors({ rows, columns, cells, totals }: HeatmapAnswer): SectorRow[] {
  const total = (row: string) => totals.find((cell) => cell.row === row && cell.column === TOTAL);
  const scored = new Map(cells.map((cell) => [`${cell.row} ${cell.column}`, cell]));
  const whole = total(TOTAL);
  return [
    ...(whole ? [{ id: TOTAL, cells: [{ column: TOTAL, entity: null, cell: whole }] }] : []),
    ...rows.map(({ id }) => ({
      id,
      cells: [
        ...(total(id) ? [{ column: TOTAL, entity: null, cell: total(id) }] : []),
        ...columns
          .filter(({ id: column }) => (scored.get(`${id} ${column}`)?.state ?? 'not-applicable') !== 'not-applicable')
          .map((entity) => ({ column: entity.id, entity, cell: scored.get(`${id} ${entity.id}`) })),
      ],
    })),
  ];
}
