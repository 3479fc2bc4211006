import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { RaciMatrixAnswer } from '@/lib/features/raci/schema';
import { Section } from '../ui/section';
import { StateChip } from '../ui/state-chip';
import styles from './raci.module.css';

const MOST = 8;

/** Gaps and conflicts in words, one line a kind, the controls behind it. */
export function RaciFindings({ matrix }: { matrix: RaciMatrixAnswer }) {
  const t = useTranslations('raci');
  const nameOf = new Map(matrix.people.map(({ id, name }) => [id, name]));
  const groups = new Map<string, { severity: string; kind: string; controls: Set<string>; people: Set<string> }>();
  for (const { kind, severity, controlIds, personIds } of matrix.findings) {
    const key = `${kind} ${kind === 'no-accountable' || kind === 'no-responsible' || kind === 'left-person' ? '' : personIds.join()}`;
    const group = groups.get(key) ?? { severity, kind, controls: new Set<string>(), people: new Set<string>() };
    for (const id of controlIds) group.controls.add(id);
    for (const id of personIds) group.people.add(id);
    groups.set(key, group);
  }
  const lines = [...groups.entries()].toSorted(([, a], [, b]) => rank(b.severity) - rank(a.severity));
  return (
    <Section
      title={t('findings')}
      sentence={matrix.findings.length === 0 ? t('noFindings') : t('findingsCount', { count: matrix.findings.length })}
    >
      <ul className={styles.findings}>
        {lines.slice(0, MOST).map(([key, { kind, severity, controls, people }]) => (
          <li key={key}>
            <StateChip tone={severity === 'serious' ? 'serious' : 'attention'}>
              {t(`kinds.${kind}`, {
                count: controls.size,
                name: [...people].map((id) => nameOf.get(id) ?? t('left')).join(', '),
              })}
            </StateChip>{' '}
            <span className={styles.muted}>
              {[...controls].slice(0, 12).map((id) => (
                <span key={id}>
                  <Link href={`/controls/${id}?entity=${matrix.entity.id}`}>{id}</Link>{' '}
                </span>
              ))}
              {controls.size > 12 && `+${controls.size - 12}`}
            </span>
          </li>
        ))}
      </ul>
      {lines.length > MOST && <p className={styles.more}>{t('more', { count: lines.length - MOST })}</p>}
    </Section>
  );
}

function rank(severity: string): number {
  return ['attention', 'gap', 'serious'].indexOf(severity);
}
