/** Cookies that keep how a person likes to read. They hold no secret and no identity. */
export const PREFERENCE_COOKIES = {
  locale: 'locale',
  density: 'density',
  scheme: 'scheme',
  timeZone: 'time-zone',
} as const;

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** The density a cookie asks for; comfortable when it says nothing known. */
export function densityOf(cookie: string | undefined): Density {
  return DENSITIES.find((density) => density === cookie) ?? 'comfortable';
}

/** Keeps a preference for a year. Only for use in the browser. */
export function keepPreference(name: keyof typeof PREFERENCE_COOKIES, value: string): void {
  const year = 60 * 60 * 24 * 365;
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${PREFERENCE_COOKIES[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=${year}; SameSite=Lax${secure}`;
}
