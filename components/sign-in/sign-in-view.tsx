import { useTranslations } from 'next-intl';
import { DemonstrationAccounts, type OfferedAccount } from './demonstration-accounts';
import { SignInForm } from './sign-in-form';
import styles from './sign-in-view.module.css';

interface SignInViewProps {
  /** Empty outside demonstration mode. */
  accounts: readonly OfferedAccount[];
  /** Where to go afterwards; a path of this site. */
  next: string;
}

export function SignInView({ accounts, next }: SignInViewProps) {
  const t = useTranslations('auth');
  return (
    <div className={accounts.length > 0 ? styles.withDemonstration : styles.alone}>
      <section>
        <h1 className={`board-sentence ${styles.sentence}`}>{t('sentence')}</h1>
        <p className={styles.text}>{t('text')}</p>
        <SignInForm next={next} />
      </section>
      {accounts.length > 0 && <DemonstrationAccounts accounts={accounts} next={next} />}
    </div>
  );
}
