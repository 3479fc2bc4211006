/** Plain data the signed-in layout hands to the shell. */
export interface ShellUser {
  id: string;
  name: string;
  email: string;
  /** Role id as in `terms.roles`. */
  role: string;
  /** Auditors look at one frozen state; there is no month to choose. */
  isAuditor: boolean;
  organisation: { id: string; name: string };
}
