const CARD = /\b(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|3[47]\d{2}|6011|65\d{2})(?:[ -]?\d{4}){2}[ -]?\d{3,4}\b/g;
const IBAN = /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/g;
const MAIL =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,6}\.[A-Za-z]{2,24}\b/g;
/** Fewer are contact details and test numbers. */
const MIN_CARDS = 3;
const MIN_IBANS = 3;
const MIN_MAILS = 100;
const MAX_KEPT = 100_000;

/** Counts distinct payment cards, bank accounts and mail addresses over the blocks of a dataset. */
export class PersonalDataCounter {
  private readonly cards = new Set<string>();
  private readonly ibans = new Set<string>();
  private readonly mails = new Set<string>();

  add(text: string): void {
    for (const [match] of text.matchAll(CARD)) {
      const digits = match.replaceAll(/\D/g, '');
      if (isLuhn(digits) && new Set(digits).size > 3) keep(this.cards, digits);
    }
    for (const [match] of text.matchAll(IBAN)) if (isIban(match.replaceAll(' ', ''))) keep(this.ibans, match);
    if (text.includes('@')) {
      for (const [match] of text.matchAll(MAIL))
        if (!/@(?:example|test|localhost)\b/i.test(match)) keep(this.mails, match.toLowerCase());
    }
  }

  /** What was found, in words; undefined when it is too little to matter. */
  summary(): string | undefined {
    const parts = [
      this.cards.size >= MIN_CARDS ? `${this.cards.size} payment card numbers` : '',
      this.ibans.size >= MIN_IBANS ? `${this.ibans.size} bank account numbers` : '',
      this.mails.size >= MIN_MAILS ? `${this.mails.size} mail addresses` : '',
    ].filter((part) => part !== '');
    return parts.length === 0 ? undefined : parts.join(', ');
  }
}

function keep(set: Set<string>, value: string): void {
  if (set.size < MAX_KEPT) set.add(value);
}

/** ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** ISO 13616-1: the rearranged number leaves 1 when divided by 97. */
function isIban(text: string): boolean {
  if (text.length < 15 || text.length > 34) return false;
  let remainder = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
