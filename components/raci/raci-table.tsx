'use client';

import Checkbox from '@mui/material/Checkbox';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { RaciMatrixAnswer, RaciPart } from '@/lib/features/raci/schema';
import type { Target } from './target';
import styles from './raci.module.css';

interface RaciTableProps {
  matrix: RaciMatrixAnswer;
  mayWrite: boolean;
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  onOpen: (target: Target) => void;
}

const ORDER: readonly RaciPart[] = ['A', 'R', 'C', 'I'];

/** Controls down, people across; each cell holds the letters of one person. */
export function RaciTable({ matrix, mayWrite, selected, onSelect, onOpen }: RaciTableProps) {
  const t = useTranslations('raci');
  const titles = useTranslations('controlTitles');
  const involved = new Set(matrix.controls.flatMap(({ assignments }) => assignments.map(({ personId }) => personId)));
  const people = matrix.people.filter(({ id, functions }) => involved.has(id) || functions.length > 0);
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('matrix')}>
      <table className={styles.matrix}>
        <caption className="only-screen-reader">{t('caption', { entity: matrix.entity.name })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('control')}</th>
            {people.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.controls.map((control) => {
            const hasGap =
              !control.assignments.some(({ part }) => part === 'A') ||
              !control.assignments.some(({ part }) => part === 'R');
            return (
              <tr key={control.id} className={hasGap ? styles.gap : undefined}>
                <th scope="row">
                  {mayWrite && (
                    <Checkbox
                      size="small"
                      checked={selected.has(control.id)}
                      onChange={() => toggle(control.id)}
                      slotProps={{ input: { 'aria-label': t('select', { control: control.id }) } }}
                    />
                  )}
                  <Link href={`/controls/${control.id}?entity=${matrix.entity.id}`}>{control.id}</Link>{' '}
                  <span className={styles.title} title={titles(control.id)}>
                    {titles(control.id)}
                  </span>
                </th>
                {people.map(({ id, name }) => {
                  const letters = ORDER.filter((part) =>
                    control.assignments.some((one) => one.personId === id && one.part === part),
                  ).join(' ');
                  return (
                    <td key={id}>
                      {mayWrite ? (
                        <button
                          type="button"
                          className={styles.cell}
                          data-a={letters.includes('A') || undefined}
                          aria-label={t('cell', {
                            person: name,
                            control: control.id,
                            letters: letters || t('nothing'),
                          })}
                          onClick={() => onOpen({ controls: [control.id], personId: id })}
                        >
                          {letters || '·'}
                        </button>
                      ) : (
                        letters
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
