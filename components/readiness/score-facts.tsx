import { useFormatter, useTranslations } from 'next-intl';
import { Facts } from '../ui/facts';
import type { ReadinessAnswer } from './readiness-types';

/** How far the number can be trusted, and where it goes if nobody does anything. */
export function ScoreFacts({ answer }: { answer: ReadinessAnswer }) {
  const t = useTranslations('readiness.facts');
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: 'percent' });
  return (
    <Facts
      items={[
        { label: t('coverage'), value: percent(answer.coverage) },
        { label: t('evidenceCoverage'), value: percent(answer.evidenceCoverage) },
        { label: t('independent'), value: percent(answer.independentShare) },
        ...answer.forecast.map(({ days, proven }) => ({
          label: t('forecast', { days }),
          value: t('forecastValue', { proven: Math.floor(proven) }),
        })),
        { label: t('method'), value: answer.method },
      ]}
    />
  );
}
