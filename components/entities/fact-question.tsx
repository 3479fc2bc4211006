import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import styles from './entities.module.css';

/** A yes–no question that may stay open: "unknown" is an answer of its own and never read as no. */
export function FactQuestion({
  fact,
  value,
  onChange,
}: {
  fact: string;
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}) {
  const t = useTranslations('entities');
  const labelId = useId();
  return (
    <div className={styles.question}>
      <span id={labelId}>{t(`facts.${fact}`)}</span>
      <ToggleButtonGroup
        exclusive
        size="small"
        aria-labelledby={labelId}
        value={value === null ? 'unknown' : value ? 'yes' : 'no'}
        onChange={(_event, chosen: 'yes' | 'no' | 'unknown' | null) =>
          chosen !== null && onChange(chosen === 'unknown' ? null : chosen === 'yes')
        }
      >
        <ToggleButton value="yes">{t('yes')}</ToggleButton>
        <ToggleButton value="no">{t('no')}</ToggleButton>
        <ToggleButton value="unknown">{t('unknown')}</ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}
