'use client';

import { useTranslations } from 'next-intl';
import type { ReadinessLine, ReadinessStep } from './readiness-types';

/** The title of a control in the reader's language, where there is one. Needs the namespace `controlTitles`. */
export function useControlTitle(): (id: string, fallback: string) => string {
  const titles = useTranslations('controlTitles');
  return (id, fallback) => (titles.has(id) ? titles(id) : fallback);
}

/** Words a next step as something to do; the entity is named where the page is about several. */
export function useStepText(): (step: ReadinessStep, isOfGroup: boolean) => string {
  const t = useTranslations('readiness.step');
  const strengths = useTranslations('terms.strength');
  const caps = useTranslations('terms.caps');
  const title = useControlTitle();
  return (step, isOfGroup) => {
    const name = step.kind === 'cap' && caps.has(step.id) ? caps(step.id) : title(step.id, step.name);
    const text = t(step.kind, {
      name: step.unit ? t('unit', { name, unit: step.unit }) : name,
      to: step.to ?? 0,
      strength: step.strength ? strengths(step.strength) : '',
    });
    return isOfGroup ? t('at', { entity: step.entity, text }) : text;
  };
}

/** Words a line of an explanation. */
export function useLineText(): (line: ReadinessLine) => string {
  const t = useTranslations('readiness.line');
  const layers = useTranslations('terms.layers');
  const caps = useTranslations('terms.caps');
  const title = useControlTitle();
  return (line) => {
    const part = layers.has(line.id) ? layers(line.id) : title(line.id, line.name);
    return t(line.kind, { name: caps.has(line.id) ? caps(line.id) : part, id: line.id });
  };
}
