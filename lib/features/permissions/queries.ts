import { permissionNames, permissions } from '@/lib/domain/policy/permissions';
import { roles } from '@/lib/domain/policy/roles';
import { defineQuery } from '@/lib/kernel/operation';
import { NoInput, type PermissionRow } from './schema';

export const listPermissions = defineQuery({
  name: 'listPermissions',
  summary: 'What each role may do: the table that is enforced, with the operations behind each right.',
  permission: 'permission:read',
  input: NoInput,
  http: { method: 'GET', path: '/permissions' },
  async run(): Promise<{ roles: readonly string[]; items: PermissionRow[] }> {
    // Loaded late: the registry lists this query too.
    const { operations } = await import('../registry');
    const items = permissionNames.map((permission) => ({
      permission,
      grants: permissions[permission],
      operations: operations
        .filter((one) => one.permission === permission)
        .map(({ name, summary }) => ({ name, summary })),
    }));
    return { roles, items };
  },
});
