import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import styles from './ask-list.module.css';
import type { Change, Changes } from './overview-types';

/** Three up, three down since the frozen month before, each with its reason. */
export function ChangeList({ changes }: { changes: Changes }) {
  const t = useTranslations('overview.changes');
  if (changes.since === null) return <p className={styles.none}>{t('noMonth')}</p>;
  if (changes.items.length === 0) return <p className={styles.none}>{t('none')}</p>;
  const up = changes.items.filter(({ points }) => points > 0);
  const down = changes.items.filter(({ points }) => points < 0);
  return (
    <div className={styles.twoWays}>
      {[up, down].map(
        (items) =>
          items.length > 0 && (
            <ul key={items[0]?.points} className={styles.list}>
              {items.map((change) => (
                <ChangeLine key={`${change.entity.id} ${change.layer.id}`} change={change} />
              ))}
            </ul>
          ),
      )}
    </div>
  );
}

function ChangeLine({ change }: { change: Change }) {
  const t = useTranslations('overview.changes');
  const layers = useTranslations('terms.layersShort');
  const titles = useTranslations('controlTitles');
  const format = useFormatter();
  const isUp = change.points > 0;
  const Arrow = isUp ? ArrowUpward : ArrowDownward;
  const layer = layers.has(change.layer.id) ? layers(change.layer.id) : change.layer.name;
  const control = titles.has(change.control.id) ? titles(change.control.id) : change.control.title;
  const where = t('where', { layer, entity: change.entity.name });
  return (
    <li className={styles.change}>
      <span className={styles.delta} data-direction={isUp ? 'up' : 'down'}>
        <Arrow aria-hidden />
        <span className="only-screen-reader">{t(isUp ? 'up' : 'down')} </span>
        {format.number(change.points, {
          signDisplay: 'always',
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        })}
      </span>
      <span>
        <Link href={`/heatmap?cell=${change.layer.id}~${change.entity.id}`} title={where}>
          {where}
        </Link>
        <span className={styles.reason}>{t(`causes.${change.cause}`, { control })}</span>
      </span>
    </li>
  );
}
