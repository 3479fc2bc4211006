'use client';

import Button from '@mui/material/Button';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { RaciMatrixAnswer } from '@/lib/features/raci/schema';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorPanel } from '../ui/error-panel';
import { FilterBar } from '../ui/filter-bar';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { useChange } from '../use-change';
import { AssignDialog } from './assign-dialog';
import { RaciFindings } from './raci-findings';
import { RaciTable } from './raci-table';
import styles from './raci.module.css';
import type { Target } from './target';

interface RaciViewProps {
  matrix: RaciMatrixAnswer;
  entities: readonly { value: string; label: string }[];
  mayWrite: boolean;
}

/** Who is accountable, responsible, consulted, informed: gaps first, then the matrix, cell by cell or many at once. */
export function RaciView({ matrix, entities, mayWrite }: RaciViewProps) {
  const t = useTranslations('raci');
  const layers = useTranslations('terms.layers');
  const toast = useToast();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<Target | null>(null);
  const [isFilling, setFilling] = useState(false);
  const fill = useChange<void, { added: number }>({
    request: () => ({ method: 'POST', path: '/raci/fill', body: { entity: matrix.entity.id } }),
    onDone: ({ added }) => {
      setFilling(false);
      toast({ message: t('filled', { count: added }) });
    },
  });
  return (
    <>
      <FilterBar
        fields={[
          { kind: 'select', param: 'entity', label: t('entity'), options: entities, chosen: matrix.entity.id },
          {
            kind: 'select',
            param: 'layer',
            label: t('layer'),
            options: ['L1', 'L2', 'L3', 'L4', 'L5', 'L6', 'L7'].map((value) => ({ value, label: layers(value) })),
          },
        ]}
        result={t('count', { controls: matrix.controls.length, people: matrix.people.length })}
      />
      <RaciFindings matrix={matrix} />
      <Section
        title={t('matrix')}
        sentence={t('legend')}
        actions={
          mayWrite && (
            <>
              <Button
                variant="outlined"
                disabled={selected.size === 0}
                onClick={() => setTarget({ controls: [...selected], personId: '' })}
              >
                {t('assignSelected', { count: selected.size })}
              </Button>
              <Button variant="outlined" onClick={() => setFilling(true)}>
                {t('fill')}
              </Button>
            </>
          )
        }
      >
        <RaciTable matrix={matrix} mayWrite={mayWrite} selected={selected} onSelect={setSelected} onOpen={setTarget} />
      </Section>
      {target && (
        <AssignDialog
          key={`${target.personId} ${target.controls.join()}`}
          matrix={matrix}
          target={target}
          onClose={() => {
            setTarget(null);
            setSelected(new Set());
          }}
        />
      )}
      <ConfirmDialog
        isOpen={isFilling}
        title={t('fillTitle')}
        confirmLabel={t('fill')}
        isBusy={fill.isRunning}
        onConfirm={() => fill.run()}
        onCancel={() => setFilling(false)}
      >
        <p className={styles.muted}>{t('fillExplain')}</p>
        {fill.problem && <ErrorPanel problem={fill.problem} />}
      </ConfirmDialog>
    </>
  );
}
