import { useTranslations } from 'next-intl';
import type { CSSProperties, ReactNode } from 'react';
import styles from './app-shell.module.css';
import type { ShellBand } from './bands';
import { BottomBar } from './bottom-bar';
import type { ShellUser } from './shell-types';
import { SideNav } from './side-nav';
import { TopBand } from './top-band';
import { TopBar } from './top-bar';

interface AppShellProps {
  user: ShellUser;
  /** Ids of the pages this person may open, as in nav-items.ts. */
  nav: readonly string[];
  bands: readonly ShellBand[];
  children: ReactNode;
}

/** The frame of every signed-in page: band, navigation by question, top bar, content, and a bottom bar on a phone. */
export function AppShell({ user, nav, bands, children }: AppShellProps) {
  const t = useTranslations('shell');
  return (
    <div className={styles.shell} style={{ '--bands': bands.length } as CSSProperties}>
      <a href="#content" className={styles.skip}>
        {t('skip')}
      </a>
      {bands.length > 0 && (
        <section className={styles.bands} aria-label={t('band.label')}>
          {bands.map((band) => (
            <TopBand key={band.kind} band={band} />
          ))}
        </section>
      )}
      <div className={styles.frame}>
        <aside className={styles.side}>
          <SideNav allowed={nav} />
        </aside>
        <div className={styles.page}>
          <TopBar user={user} allowed={nav} />
          <main id="content" tabIndex={-1} className={styles.content}>
            {children}
          </main>
        </div>
      </div>
      <BottomBar allowed={nav} />
    </div>
  );
}
