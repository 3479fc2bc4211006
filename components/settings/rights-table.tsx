import { useTranslations } from 'next-intl';
import type { PermissionRow } from '@/lib/features/permissions/schema';
import { Section } from '../ui/section';
import styles from './settings.module.css';

/** The table of rights as it is enforced: the same data the server decides with. */
export function RightsTable({ roles, rows }: { roles: readonly string[]; rows: readonly PermissionRow[] }) {
  const t = useTranslations('settings.rights');
  const names = useTranslations('terms.roles');
  const nameOf = (role: string) => (names.has(role) ? names(role) : t(`tokens.${role}`));
  return (
    <Section title={t('title')} sentence={t('sentence')}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('title')}>
        <table className={styles.rights}>
          <caption className="only-screen-reader">{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('right')}</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {nameOf(role)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ permission, grants, operations }) => (
              <tr key={permission}>
                <th scope="row">
                  {t(`names.${permission.replace(':', '_')}`)}
                  <small>{t('operations', { count: operations.length })}</small>
                </th>
                {roles.map((role) => {
                  const grant = grants[role as keyof typeof grants];
                  return (
                    <td key={role}>
                      {grant ? (
                        <>
                          {t(`reach.${grant.reach}`)}
                          <small>
                            {(['fresh', 'second', 'notOwn', 'logged'] as const)
                              .filter((mark) => grant[mark])
                              .map((mark) => t(`marks.${mark}`))
                              .join(', ')}
                          </small>
                          {grant.only && <small>{t(`only.${grant.only}`)}</small>}
                        </>
                      ) : (
                        <span aria-label={t('never')}>–</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
