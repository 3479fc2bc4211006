import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlineOutlined';
import InfoOutlined from '@mui/icons-material/InfoOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import WarningAmberOutlined from '@mui/icons-material/WarningAmberOutlined';
import type { ReactNode } from 'react';
import styles from './state-chip.module.css';

export type Tone = 'good' | 'attention' | 'serious' | 'neutral' | 'accent';

const ICONS = {
  good: CheckCircleOutlined,
  attention: WarningAmberOutlined,
  serious: ErrorOutline,
  neutral: RadioButtonUnchecked,
  accent: InfoOutlined,
} as const;

interface StateChipProps {
  tone: Tone;
  /** The state in a word or two; colour and icon only repeat it. */
  children: ReactNode;
  icon?: ReactNode;
}

/** A state as icon + word + colour, quiet enough for a table cell. */
export function StateChip({ tone, children, icon }: StateChipProps) {
  const Icon = ICONS[tone];
  return (
    <span className={styles.chip} data-tone={tone}>
      {icon ?? <Icon aria-hidden className={styles.icon} />}
      <span>{children}</span>
    </span>
  );
}
