/** Plain data the signed-in layout hands to the shell. */
export interface ShellUser {
  id: string;
  name: string;
  email: string;
  /** Role id as in `terms.roles`. */
  role: string;
  organisation: { id: string; name: string };
}
