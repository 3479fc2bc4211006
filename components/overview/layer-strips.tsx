import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { LayeredBar } from '../ui/layered-bar';
import { ScoreNumber } from '../ui/score-number';
import styles from './layer-strips.module.css';
import type { ReadinessAnswer } from './overview-types';

/** Seven strips, each with its floor: the weakest key control, which the layer cannot leave behind. */
export function LayerStrips({ layers }: { layers: ReadinessAnswer['layers'] }) {
  const t = useTranslations('overview.layers');
  const names = useTranslations('terms.layers');
  const format = useFormatter();
  return (
    <table className={styles.strips}>
      <caption className="only-screen-reader">{t('caption')}</caption>
      <thead className="only-screen-reader">
        <tr>
          <th scope="col">{t('layer')}</th>
          <th scope="col">{t('bar')}</th>
          <th scope="col">{t('score')}</th>
          <th scope="col">{t('maturity')}</th>
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <tr key={layer.id}>
            <th scope="row">
              <Link href={`/heatmap?cell=${layer.id}~*`}>{names.has(layer.id) ? names(layer.id) : layer.name}</Link>
            </th>
            <td className={styles.bar}>
              {layer.score !== null && (
                <LayeredBar
                  proven={layer.score}
                  claimed={layer.claimed ?? 0}
                  open={layer.open ?? 0}
                  floor={layer.floor}
                />
              )}
            </td>
            <td className={styles.score}>
              <ScoreNumber value={layer.score} word="proven" />
            </td>
            <td className={styles.maturity}>
              {layer.maturity !== null &&
                t('maturityValue', {
                  value: format.number(layer.maturity, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
                })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
