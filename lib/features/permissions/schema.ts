import { z } from 'zod';
import type { Grant, Permission } from '@/lib/domain/policy/permissions';
import type { Role } from '@/lib/domain/policy/roles';

export const NoInput = z.strictObject({});

export type PermissionRow = {
  permission: Permission;
  grants: Partial<Record<Role, Grant>>;
  operations: { name: string; summary: string }[];
};
