import { NextIntlClientProvider } from 'next-intl';
import { AppRouterContext, type AppRouterInstance } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import { PathnameContext, SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach } from 'vitest';
import { LANGUAGE_TAGS, loadMessages, type Locale } from '@/messages/load';

/** What the tests saw the router asked for: `replace /heatmap?by=sector`. */
export const navigations: string[] = [];

const mounted: (() => void)[] = [];

afterEach(() => {
  for (const unmount of mounted.splice(0)) unmount();
  navigations.length = 0;
});

interface RenderOptions {
  /** Address of the page: `/heatmap?by=sector`. */
  at?: string;
  locale?: Locale;
}

/** Renders with the real texts (English unless told otherwise) and Next's own contexts, and gives the page's root. Effects have run. */
export async function render(
  children: ReactNode,
  { at = '/', locale = 'en' }: RenderOptions = {},
): Promise<HTMLElement> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  const address = new URL(at, 'http://localhost');
  mounted.push(() => {
    act(() => root.unmount());
    container.remove();
  });
  await act(async () => {
    root.render(
      <AppRouterContext value={router}>
        <PathnameContext value={address.pathname}>
          <SearchParamsContext value={address.searchParams}>
            <NextIntlClientProvider
              locale={LANGUAGE_TAGS[locale]}
              timeZone="Europe/Brussels"
              messages={loadMessages(locale)}
              now={new Date('2026-11-23T09:00:00Z')}
            >
              {children}
            </NextIntlClientProvider>
          </SearchParamsContext>
        </PathnameContext>
      </AppRouterContext>,
    );
  });
  return container;
}

/** The one element with this role and accessible text; throws when there is none or more than one. */
export function only(selector: string, text?: string, within: ParentNode = document): HTMLElement {
  const found = [...within.querySelectorAll<HTMLElement>(selector)].filter((element) => {
    const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
    return text === undefined || name.includes(text);
  });
  if (found.length !== 1) throw new Error(`${found.length} elements for ${selector} ${text ?? ''}`);
  return found[0]!;
}

export async function click(element: HTMLElement): Promise<void> {
  await act(async () => element.click());
}

export async function press(element: Element, key: string, more: KeyboardEventInit = {}): Promise<void> {
  await act(async () => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  });
}

/** Types into a controlled field the way a browser does: the value changes, then the input event comes. */
export async function type(field: HTMLElement, text: string): Promise<void> {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  await act(async () => {
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

/** Waits until the check no longer throws, letting React work in between. */
export async function eventually(check: () => void, withinMs = 15_000): Promise<void> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
    }
  }
}

const router: AppRouterInstance = {
  back: () => navigations.push('back'),
  forward: () => navigations.push('forward'),
  refresh: () => navigations.push('refresh'),
  push: (href) => navigations.push(`push ${href}`),
  replace: (href) => navigations.push(`replace ${href}`),
  prefetch: () => undefined,
  bfcacheId: '',
};
