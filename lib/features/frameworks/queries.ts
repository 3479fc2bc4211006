import { catalogue } from '@/db/catalogue';
import { notFound } from '@/lib/kernel/errors';
import { defineQuery } from '@/lib/kernel/operation';
import { type FrameworkDetail, type FrameworkLink, GetFramework, ListFrameworks } from './schema';

export const listFrameworks = defineQuery({
  name: 'listFrameworks',
  summary: 'The other frameworks that our controls are mapped to.',
  permission: 'catalogue:read',
  input: ListFrameworks,
  http: { method: 'GET', path: '/frameworks' },
  async run(): Promise<{
    items: { id: string; name: string; version: string; elements: number; controls: number }[];
    next: null;
  }> {
    const { frameworks, elements, mappings } = catalogue();
    const items = frameworks
      .map(({ id, name, version }) => ({
        id,
        name,
        version,
        elements: elements.filter((one) => one.framework === id).length,
        controls: new Set(mappings.filter((one) => one.framework === id).map((one) => one.control)).size,
      }))
      .filter(({ controls }) => controls > 0);
    return { items, next: null };
  },
});

export const getFramework = defineQuery({
  name: 'getFramework',
  summary: 'One framework from its side: each element with the controls that serve it.',
  permission: 'catalogue:read',
  input: GetFramework,
  http: { method: 'GET', path: '/frameworks/{id}' },
  async run(_context, { id, q, locale }): Promise<FrameworkDetail> {
    const { frameworks, elements, mappings, controlById } = catalogue(locale);
    const framework = frameworks.find((one) => one.id === id);
    if (!framework) throw notFound('framework');
    return {
      framework,
      elements: elements
        .filter((one) => one.framework === id && matches(q, one.id, one.label))
        .map((one) => ({
          id: one.id,
          label: one.label,
          controls: mappings
            .filter((mapping) => mapping.framework === id && mapping.element === one.id)
            .map(({ control, relation }) => ({
              id: control,
              title: controlById.get(control)?.title ?? control,
              relation,
            })),
        })),
    };
  },
});

/** What other frameworks a control serves, element by element. */
export function frameworkLinks(controlId: string): FrameworkLink[] {
  const { mappings, frameworks, elements } = catalogue();
  return mappings
    .filter((mapping) => mapping.control === controlId)
    .map(({ framework, element, relation }) => ({
      framework,
      frameworkName: frameworks.find((one) => one.id === framework)?.name ?? framework,
      element,
      label: elements.find((one) => one.framework === framework && one.id === element)?.label ?? '',
      relation,
    }));
}

/** The controls that serve one element, named `framework:element`. */
export function controlsOfElement(reference: string): string[] {
  const [framework, ...rest] = reference.split(':');
  const element = rest.join(':');
  return catalogue()
    .mappings.filter((mapping) => mapping.framework === framework && mapping.element === element)
    .map((mapping) => mapping.control);
}

/** Case-insensitive: every word of the search must occur somewhere. No search matches everything. */
export function matches(q: string | undefined, ...texts: string[]): boolean {
  if (!q) return true;
  const all = texts.join(' ').toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
