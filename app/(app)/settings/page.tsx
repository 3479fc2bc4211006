import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FeatureMessages } from '@/components/feature-messages';
import { AccountSettings } from '@/components/settings/account-settings';
import { PeopleSettings } from '@/components/settings/people-settings';
import { RightsTable } from '@/components/settings/rights-table';
import { TokenSettings } from '@/components/settings/token-settings';
import { LinkTabs } from '@/components/ui/link-tabs';
import { NoRight } from '@/components/ui/no-right';
import { PageHeader } from '@/components/ui/page-header';
import { catalogue } from '@/db/catalogue';
import type { Permission } from '@/lib/domain/policy/permissions';
import { listOwnSessions } from '@/lib/features/account/queries';
import { listEntities } from '@/lib/features/entities/queries';
import { listPeople, listRoleRequests } from '@/lib/features/people/queries';
import { ListPeople } from '@/lib/features/people/schema';
import { listPermissions } from '@/lib/features/permissions/queries';
import { listTokens } from '@/lib/features/tokens/queries';
import { allowedTo, load, requireUser } from '@/lib/web/page';
import { now } from '@/lib/web/today';
import { pick, type Search } from '@/lib/web/search';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('title') };
}

const TABS: readonly { value: string; permission: Permission }[] = [
  { value: 'account', permission: 'account:own' },
  { value: 'people', permission: 'user:read' },
  { value: 'tokens', permission: 'token:read' },
  { value: 'rights', permission: 'permission:read' },
];

export default async function SettingsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const [t, user, search] = await Promise.all([getTranslations('settings'), requireUser(), searchParams]);
  const allowed = allowedTo(user);
  const tabs = TABS.filter(({ permission }) => allowed.includes(permission)).map(({ value }) => ({
    value,
    label: t(`tabs.${value}`),
  }));
  const chosen = tabs.find(({ value }) => value === search.tab)?.value ?? 'account';
  return (
    <FeatureMessages of={['settings']}>
      <PageHeader title={t('title')} sentence={t('sentence', { organisation: user.organisation.name })} />
      <LinkTabs label={t('title')} param="tab" tabs={tabs} />
      {chosen === 'account' && <Account />}
      {chosen === 'people' && <People search={search} allowed={allowed} me={user.id} />}
      {chosen === 'tokens' && <Tokens allowed={allowed} />}
      {chosen === 'rights' && <Rights />}
    </FeatureMessages>
  );
}

async function Account() {
  const sessions = await load(listOwnSessions, {});
  return sessions.allowed ? <AccountSettings sessions={sessions.data.items} /> : <NoRight />;
}

async function People({ search, allowed, me }: { search: Search; allowed: Permission[]; me: string }) {
  const [people, requests, entities] = await Promise.all([
    load(listPeople, pick(search, ListPeople)),
    load(listRoleRequests, {}),
    allowed.includes('entity:read') ? load(listEntities, { limit: 200 }) : null,
  ]);
  if (!people.allowed) return <NoRight />;
  return (
    <PeopleSettings
      people={people.data.items}
      requests={requests.allowed ? requests.data.items : []}
      functions={catalogue().roles.map(({ id }) => id)}
      entities={entities?.allowed ? entities.data.items.map(({ id, name }) => ({ id, name })) : []}
      me={me}
      may={{
        invite: allowed.includes('user:invite'),
        disable: allowed.includes('user:disable'),
        requestRole: allowed.includes('role:request'),
      }}
    />
  );
}

async function Tokens({ allowed }: { allowed: Permission[] }) {
  const tokens = await load(listTokens, {});
  if (!tokens.allowed) return <NoRight />;
  return (
    <TokenSettings
      tokens={tokens.data.items}
      now={now()}
      may={{ create: allowed.includes('token:create'), revoke: allowed.includes('token:revoke') }}
    />
  );
}

async function Rights() {
  const rights = await load(listPermissions, {});
  return rights.allowed ? <RightsTable roles={rights.data.roles} rows={rights.data.items} /> : <NoRight />;
}
