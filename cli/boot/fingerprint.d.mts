export function fingerprint(root: string, entries: readonly string[], wanted?: (name: string) => boolean): string;
