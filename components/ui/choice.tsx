import styles from './choice.module.css';

export interface ChoiceOption {
  value: string;
  label: string;
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly ChoiceOption[];
  onChange: (value: string) => void;
  /** Takes the whole width and hides its label from sight; for phones. */
  isWide?: boolean;
  className?: string;
}

/** One of a few, in a line of tools: the browser's own list, which every phone and screen reader knows. */
export function Choice({ label, value, options, onChange, isWide, className = '' }: ChoiceProps) {
  return (
    <label className={`${styles.choice} ${className}`} data-wide={isWide || undefined}>
      <span className={isWide ? 'only-screen-reader' : styles.label}>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
