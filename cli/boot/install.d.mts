export function installMissing(root: string): void;
export function isComplete(root: string): boolean;
