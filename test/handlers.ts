import { join } from 'node:path';
import { projectRoot } from '@/db/project-root';
import type { Operation } from '@/lib/kernel/operation';
import type { RouteHandler } from '@/lib/web/route';

/** The folder of the route file that must serve an operation: `/things/{id}` → app/api/v1/things/[id]. */
export function routeFolder(path: string): string {
  return `app/api/v1${path.replaceAll(/\{(\w+)\}/g, '[$1]')}`;
}

/** The real handler of an operation, from the real route file. */
export async function handlerOf({ http, name }: Operation): Promise<RouteHandler> {
  if (!http) throw new Error(`${name} has no HTTP door.`);
  const file = join(projectRoot(), routeFolder(http.path), 'route.ts');
  const handlers = (await import(/* @vite-ignore */ file)) as Record<string, RouteHandler | undefined>;
  const handler = handlers[http.method];
  if (!handler) throw new Error(`${file} has no ${http.method} for ${name}.`);
  return handler;
}
