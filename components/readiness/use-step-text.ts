'use client';

import { useTranslations } from 'next-intl';
import type { ExplanationLine, NextStep } from './readiness-types';

/** Words a next step as something to do. */
export function useStepText(): (step: NextStep) => string {
  const t = useTranslations('readiness.step');
  const strengths = useTranslations('terms.strength');
  const caps = useTranslations('terms.caps');
  return (step) => {
    const name = step.kind === 'cap' && caps.has(step.id) ? caps(step.id) : step.name;
    const text = t(step.kind, {
      name,
      to: step.to ?? 0,
      strength: step.strength ? strengths(step.strength) : '',
    });
    return step.entity ? t('at', { entity: step.entity, text }) : text;
  };
}

/** Words a line of an explanation. */
export function useLineText(): (line: ExplanationLine) => string {
  const t = useTranslations('readiness.line');
  const layers = useTranslations('terms.layers');
  const caps = useTranslations('terms.caps');
  return (line) => {
    const known = layers.has(line.id) ? layers(line.id) : caps.has(line.id) ? caps(line.id) : line.name;
    return t(line.kind, { name: known, id: line.id });
  };
}
