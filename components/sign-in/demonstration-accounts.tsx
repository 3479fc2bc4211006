'use client';

import ArrowForward from '@mui/icons-material/ArrowForward';
import ButtonBase from '@mui/material/ButtonBase';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import styles from './demonstration-accounts.module.css';
import { useSignIn } from './use-sign-in';

export interface OfferedAccount {
  organisation: string;
  email: string;
  /** Role id as in `terms.roles`. */
  role: string;
  name?: string;
}

interface DemonstrationAccountsProps {
  accounts: readonly OfferedAccount[];
  next: string;
}

/** The roles of the demonstration, each with a sentence what it will see; one press signs in. */
export function DemonstrationAccounts({ accounts, next }: DemonstrationAccountsProps) {
  const t = useTranslations('auth.demonstration');
  const { signIn, problem, isBusy } = useSignIn(next);
  const [chosen, setChosen] = useState<string | null>(null);
  const organisations = [...new Set(accounts.map((account) => account.organisation))];

  function choose(email: string) {
    setChosen(email);
    signIn({ demo: email });
  }

  return (
    <section aria-labelledby="demonstration" className={styles.demonstration}>
      <h2 id="demonstration" className={styles.title}>
        {t('title')}
      </h2>
      <p className={styles.text}>{t('text')}</p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {t('failed')}
        </p>
      )}
      {organisations.map((organisation, position) => (
        <details key={organisation} className={styles.organisation} open={position === 0}>
          <summary>{organisation}</summary>
          <ul>
            {accounts
              .filter((account) => account.organisation === organisation)
              .map((account) => (
                <li key={account.email}>
                  <AccountCard account={account} isBusy={isBusy && chosen === account.email} onChoose={choose} />
                </li>
              ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

interface AccountCardProps {
  account: OfferedAccount;
  isBusy: boolean;
  onChoose: (email: string) => void;
}

function AccountCard({ account, isBusy, onChoose }: AccountCardProps) {
  const roles = useTranslations('terms.roles');
  const t = useTranslations('auth.demonstration.sees');
  const name = roles.has(account.role) ? roles(account.role) : account.role;
  return (
    <ButtonBase className={styles.card} onClick={() => onChoose(account.email)} aria-busy={isBusy} disabled={isBusy}>
      <span className={styles.role}>
        {name}
        {account.name && <span className={styles.name}>{account.name}</span>}
      </span>
      {t.has(account.role) && <span className={styles.sees}>{t(account.role)}</span>}
      <ArrowForward aria-hidden className={styles.arrow} />
    </ButtonBase>
  );
}
