import { normaliseName, readRequirement, type Requirement } from './requirements';

/** Comments, strings of all kinds, brackets, equals signs, line ends and words of TOML; anything else is stepped over. */
const TOKEN = /#[^\n]*|"""|'''|"(?:[^"\\\n]|\\.){0,5000}"|'[^'\n]{0,5000}'|[[\]{}=\n]|[\w.-]+/g;
const POETRY = /^tool\.poetry\.(?:[\w.-]*\.)?(?:dev-)?dependencies$/;
const DEPENDENCY_KEY = /dependenc|requires/;

/**
 * The dependencies of a pyproject.toml: lists of requirements (PEP 621, PEP 735, build requirements, tools' own lists) and
 * Poetry's tables of names and versions.
 */
export function readPyproject(text: string): Requirement[] {
  const found: Requirement[] = [];
  let [section, key, line, brackets, braces] = ['', '', 1, 0, 0];
  let isHeader = false;
  let isKey = true;
  let words = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') {
      line += 1;
      if (brackets > 0 || braces > 0) continue;
      [isKey, words] = [true, ''];
    } else if (token.startsWith('#')) continue;
    else if (token === '[' || token === '{') {
      if (token === '[' && isKey && words === '') isHeader = true;
      else if (token === '[') brackets += 1;
      else braces += 1;
    } else if (token === ']' || token === '}') {
      if (isHeader) [section, isHeader, words, isKey] = [words, false, '', false];
      else if (token === ']') brackets = Math.max(0, brackets - 1);
      else braces = Math.max(0, braces - 1);
    } else if (token === '=') {
      if (brackets === 0 && braces === 0) [key, isKey] = [words, false];
    } else if (isHeader || isKey) words += unquote(token);
    else if (/^["']/.test(token)) {
      const requirement = readItem({ section, key, value: unquote(token), isListed: brackets > 0, line });
      if (requirement !== undefined) found.push(requirement);
    }
  }
  return found;
}

interface Item {
  section: string;
  key: string;
  value: string;
  isListed: boolean;
  line: number;
}

function readItem({ section, key, value, isListed, line }: Item): Requirement | undefined {
  if (isListed) return DEPENDENCY_KEY.test(`${section}.${key}`) ? readRequirement(value, line) : undefined;
  const isVersion = POETRY.test(section) && key !== 'python' && /^\s*(?:[v\d^~<>=!*]|$)/.test(value);
  return isVersion ? { name: normaliseName(key), range: value, line } : undefined;
}

const unquote = (token: string): string => (/^["']/.test(token) ? token.slice(1, -1) : token);
