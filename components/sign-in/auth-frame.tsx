import type { ReactNode } from 'react';
import { LanguageSwitch } from '../shell/language-switch';
import { Logo } from '../shell/logo';
import { ThemeSwitch } from '../shell/theme-switch';
import styles from './auth-frame.module.css';

/** Signed-out pages: the name, the way to change language and appearance, and one thing to do. */
export function AuthFrame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <span className={styles.brand}>
          <Logo size={26} />
          Heptad
        </span>
        <span>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  );
}
