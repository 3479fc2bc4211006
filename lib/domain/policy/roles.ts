/** Roles of people (a membership names one), and the two kinds of tokens. Letters as in the rights table of the domain. */
export const personRoles = ['board', 'compliance', 'owner', 'auditor', 'admin', 'ciso', 'ai-officer'] as const;
export const tokenRoles = ['scanner', 'agent'] as const;
export const roles = [...personRoles, ...tokenRoles] as const;

export type PersonRole = (typeof personRoles)[number];
export type TokenRole = (typeof tokenRoles)[number];
export type Role = (typeof roles)[number];
