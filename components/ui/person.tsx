import styles from './person.module.css';

interface PersonProps {
  name: string;
  /** Role, department or entity, in small type after the name. */
  detail?: string;
  /** Only the initials are drawn; the name stays for screen readers. */
  isCompact?: boolean;
}

/** A person: initials in a circle, then the name. Pictures are not kept. */
export function Person({ name, detail, isCompact }: PersonProps) {
  return (
    <span className={styles.person} title={isCompact ? name : undefined}>
      <span className={styles.avatar} aria-hidden>
        {initialsOf(name)}
      </span>
      <span className={isCompact ? 'only-screen-reader' : styles.name}>
        {name}
        {detail && <span className={styles.detail}> {detail}</span>}
      </span>
    </span>
  );
}

/** First letters of the first and last word: "Dr. Anna Maria Lindqvist" → "DL". */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : undefined];
  return letters
    .map((word) => word?.match(/^./u)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase();
}
