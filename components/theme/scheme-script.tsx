import { PREFERENCE_COOKIES } from './preferences';
import { SCHEME_ATTRIBUTE } from './tokens';

/** Runs before the first paint: the chosen scheme from its cookie, else what the system prefers. */
const SCRIPT = `(function(){var m=/(?:^|; )${PREFERENCE_COOKIES.scheme}=(light|dark)/.exec(document.cookie);
document.documentElement.setAttribute('${SCHEME_ATTRIBUTE}',m?m[1]:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')})()`;

export function SchemeScript({ nonce }: { nonce: string | undefined }) {
  // Browsers hide the nonce from scripts, so what hydrates never equals what was sent.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: SCRIPT }} />;
}
