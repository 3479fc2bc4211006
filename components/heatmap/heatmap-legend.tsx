import { useTranslations } from 'next-intl';
import styles from './heatmap-legend.module.css';
import { LockMark, TrendMark } from './marks';

const LEVELS = [0, 1, 2, 3, 4, 5] as const;
const FROM = [0, 20, 40, 60, 75, 88] as const;

/** What the picture's forms mean, in words. */
export function HeatmapLegend() {
  const t = useTranslations('heatmap.legend');
  const levels = useTranslations('terms.levels');
  return (
    <dl className={styles.legend} aria-label={t('label')}>
      {LEVELS.map((level) => (
        <div key={level}>
          <dt>
            <span className={styles.swatch} data-level={level} />
          </dt>
          <dd>{t('level', { name: levels(String(level)), from: FROM[level] })}</dd>
        </div>
      ))}
      <div>
        <dt>
          <span className={styles.swatch} data-form="not-assessed" />
        </dt>
        <dd>{t('notAssessed')}</dd>
      </div>
      <div>
        <dt className={styles.sign}>–</dt>
        <dd>{t('notApplicable')}</dd>
      </div>
      <div>
        <dt className={styles.sign}>
          <LockMark />
        </dt>
        <dd>{t('capped')}</dd>
      </div>
      <div>
        <dt>
          <span className={styles.swatch} data-form="stale" />
        </dt>
        <dd>{t('stale')}</dd>
      </div>
      <div>
        <dt className={styles.sign}>
          <TrendMark isUp />
        </dt>
        <dd>{t('trend')}</dd>
      </div>
      <div>
        <dt>
          <span className={styles.bar}>
            <span />
          </span>
        </dt>
        <dd>{t('bar')}</dd>
      </div>
    </dl>
  );
}
