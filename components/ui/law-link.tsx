import Link from 'next/link';
import { useLocale } from 'next-intl';
import { lawReference } from './law-reference';
import styles from './law-link.module.css';

/** The law as a small link to our page about it: "Art. 21(2)(d)". Takes a catalogue id (`nis2.21.2.d`). */
export function LawLink({ obligation }: { obligation: string }) {
  const locale = useLocale();
  return (
    <Link className={styles.law} href={`/obligations/${encodeURIComponent(obligation)}`}>
      {lawReference(obligation, locale)}
    </Link>
  );
}
