import type { Role } from './roles';

/**
 * How far a right reaches.
 * - `all`: every entity the membership covers
 * - `scope`: the same, and for an auditor only inside the engagement, frozen
 * - `assigned`: only what the person owns or is named in the RACI of
 * - `own`: only what the person made or is about the person
 */
export type Reach = 'all' | 'scope' | 'assigned' | 'own';

export type Grant = {
  reach: Reach;
  /** The actor must not be the one who made the thing (nobody approves their own work). */
  notOwn?: true;
  /** A sign-in or step-up at most five minutes old is needed. */
  fresh?: true;
  /** Takes effect only when a second person agrees. */
  second?: true;
  /** Each use leaves a line in the event log. */
  logged?: true;
  /** The right covers only a part of the things. */
  only?: 'ai' | 'summary' | 'scan-reports' | 'platform' | 'window';
};

type Row = Partial<Record<Role, Grant>>;

const all: Grant = { reach: 'all' };
const scope: Grant = { reach: 'scope' };
const assigned: Grant = { reach: 'assigned' };
const own: Grant = { reach: 'own' };
const everyPerson: Row = {
  board: all,
  compliance: all,
  owner: all,
  auditor: all,
  admin: all,
  ciso: all,
  'ai-officer': all,
};

/**
 * The roles × actions table (domain §7) as data: the kernel enforces it, the tests walk it, a page shows it.
 * A role without an entry has no right. The table only grows.
 */
export const permissions = {
  'score:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': all },
  'catalogue:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'entity:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'entity:write': { compliance: all },
  'assessment:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'assessment:write': { compliance: all, owner: assigned, ciso: all, 'ai-officer': assigned },
  'assessment:exclude': { compliance: { reach: 'all', second: true }, ciso: { reach: 'all', second: true } },
  'assessment:approve-exclusion': { compliance: { reach: 'all', notOwn: true }, ciso: { reach: 'all', notOwn: true } },
  'raci:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'raci:write': { compliance: all, ciso: all },
  'evidence:read': {
    board: all,
    compliance: all,
    owner: scope,
    auditor: { reach: 'scope', logged: true },
    ciso: all,
    'ai-officer': scope,
  },
  'evidence:download': {
    board: { reach: 'all', logged: true },
    compliance: { reach: 'all', logged: true },
    owner: { reach: 'scope', logged: true },
    auditor: { reach: 'scope', logged: true },
    ciso: { reach: 'all', logged: true },
    'ai-officer': { reach: 'scope', logged: true },
  },
  'evidence:upload': {
    compliance: all,
    owner: assigned,
    ciso: all,
    'ai-officer': assigned,
    scanner: { reach: 'own', only: 'scan-reports' },
  },
  'evidence:edit': { compliance: all, owner: assigned, ciso: all, 'ai-officer': assigned },
  'evidence:request': { compliance: all, owner: assigned, ciso: all, 'ai-officer': assigned },
  'evidence:accept': {
    compliance: { reach: 'all', notOwn: true },
    ciso: { reach: 'all', notOwn: true },
    'ai-officer': { reach: 'all', notOwn: true, only: 'ai' },
  },
  'evidence:propose-withdrawal': {
    compliance: { reach: 'all', second: true },
    owner: { reach: 'assigned', second: true },
    ciso: { reach: 'all', second: true },
  },
  'evidence:withdraw': {
    compliance: { reach: 'all', notOwn: true, fresh: true },
    ciso: { reach: 'all', notOwn: true, fresh: true },
  },
  'comment:read': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'comment:write': { board: all, compliance: all, owner: scope, auditor: scope, ciso: all, 'ai-officer': scope },
  'task:read': { board: own, compliance: own, owner: own, auditor: own, ciso: own, 'ai-officer': own },
  'report:read': { board: all, compliance: all, auditor: scope, ciso: all, 'ai-officer': all },
  'report:make': { compliance: all },
  'report:export': { board: all, compliance: all, auditor: scope, ciso: all, 'ai-officer': all },
  'report:release': {
    board: { reach: 'all', notOwn: true },
    compliance: { reach: 'all', notOwn: true },
    ciso: { reach: 'all', notOwn: true },
  },
  'log:read': {
    board: { reach: 'all', only: 'summary' },
    compliance: all,
    owner: own,
    auditor: { reach: 'scope', only: 'window', logged: true },
    admin: { reach: 'all', only: 'platform' },
    ciso: all,
    'ai-officer': { reach: 'all', only: 'ai' },
  },
  'log:export': { compliance: { reach: 'all', fresh: true } },
  'user:read': { board: all, compliance: all, owner: all, admin: all, ciso: all, 'ai-officer': all },
  'user:invite': { admin: { reach: 'all', fresh: true } },
  'user:disable': { admin: { reach: 'all', fresh: true } },
  'role:request': { admin: { reach: 'all', fresh: true, second: true } },
  'role:approve': { compliance: { reach: 'all', notOwn: true }, ciso: { reach: 'all', notOwn: true } },
  'engagement:read': { board: all, compliance: all, auditor: own, admin: all, ciso: all },
  // The paper holds marks, evidence and remarks: whoever only administers engagements does not read it.
  'engagement:export': { board: all, compliance: all, auditor: { reach: 'scope', logged: true }, ciso: all },
  'engagement:write': { compliance: { reach: 'all', fresh: true }, ciso: { reach: 'all', fresh: true } },
  'engagement:end': {
    compliance: { reach: 'all', fresh: true },
    admin: { reach: 'all', fresh: true },
    ciso: { reach: 'all', fresh: true },
  },
  'token:read': { compliance: all, admin: all, ciso: all, 'ai-officer': all },
  'token:create': { admin: { reach: 'all', fresh: true }, ciso: { reach: 'all', fresh: true } },
  'token:revoke': { admin: all, ciso: all },
  'permission:read': everyPerson,
  'account:own': { board: own, compliance: own, owner: own, auditor: own, admin: own, ciso: own, 'ai-officer': own },
} as const satisfies Record<string, Row>;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as Permission[];

/** The right a role has, or undefined for none. */
export function grantOf(permission: Permission, role: Role): Grant | undefined {
  return (permissions[permission] as Row)[role];
}
