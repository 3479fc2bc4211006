import { useTranslations } from 'next-intl';
import { StateChip, type Tone } from '../ui/state-chip';

const TONES: Record<string, Tone> = {
  submitted: 'accent',
  accepted: 'good',
  rejected: 'serious',
  superseded: 'neutral',
  withdrawn: 'neutral',
};

/** Where a piece of evidence stands, in a word. */
export function EvidenceState({ state }: { state: string }) {
  const t = useTranslations('evidence.states');
  return <StateChip tone={TONES[state] ?? 'neutral'}>{t(state)}</StateChip>;
}
