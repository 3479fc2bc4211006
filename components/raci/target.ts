/** What one assign dialog works on. */
export type Target = { controls: string[]; personId: string };
