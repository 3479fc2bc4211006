'use client';

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- no native element is a text field with a list that keeps focus in the field. */
import SearchOutlined from '@mui/icons-material/SearchOutlined';
import Dialog from '@mui/material/Dialog';
import { useTranslations } from 'next-intl';
import { useId, useState, type ElementType, type KeyboardEvent } from 'react';
import styles from './finder.module.css';

export interface FinderOption {
  id: string;
  label: string;
  detail?: string;
  icon?: ElementType;
}

export interface FinderGroup {
  label: string;
  options: readonly FinderOption[];
}

interface FinderProps {
  /** What can be found here; also the field's placeholder. */
  label: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly FinderGroup[];
  isBusy?: boolean;
  onChoose: (option: FinderOption) => void;
  onClose: () => void;
}

/** A field with a list under it, in a dialog: type, arrows, Enter (combobox pattern of the ARIA practices). */
export function Finder({ label, query, onQuery, groups, isBusy, onChoose, onClose }: FinderProps) {
  const t = useTranslations('ui.finder');
  const listId = useId();
  const [position, setPosition] = useState(0);
  const shown = groups.filter((group) => group.options.length > 0);
  const options = shown.flatMap((group) => group.options);
  const active = Math.min(position, options.length - 1);
  const idOf = (index: number) => `${listId}-${index}`;

  function move(to: number) {
    const next = (to + options.length) % Math.max(options.length, 1);
    setPosition(next);
    document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent) {
    const chosen = options[active];
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Enter' && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      slotProps={{
        paper: { className: styles.paper, 'aria-label': label, 'aria-labelledby': undefined },
        container: { className: styles.container },
      }}
    >
      <div className={styles.field}>
        <SearchOutlined aria-hidden />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={options.length > 0 ? idOf(active) : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={label}
          value={query}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type here.
          autoFocus
          onChange={(event) => {
            setPosition(0);
            onQuery(event.target.value);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} role="listbox" aria-label={label} aria-busy={isBusy} className={styles.list}>
        {shown.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <p className={styles.heading} aria-hidden>
              {group.label}
            </p>
            {group.options.map((option) => {
              const index = options.indexOf(option);
              return (
                <Option
                  key={option.id}
                  id={idOf(index)}
                  option={option}
                  isActive={index === active}
                  onHover={() => setPosition(index)}
                  onChoose={onChoose}
                />
              );
            })}
          </div>
        ))}
      </div>
      <output className={styles.state}>{isBusy ? t('busy') : t('found', { count: options.length })}</output>
    </Dialog>
  );
}

interface OptionProps {
  id: string;
  option: FinderOption;
  isActive: boolean;
  onHover: () => void;
  onChoose: (option: FinderOption) => void;
}

/** The keyboard never enters the list: the field keeps focus and points at the active option. */
function Option({ id, option, isActive, onHover, onChoose }: OptionProps) {
  const Icon = option.icon;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are handled by the combobox field.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.option}
      onMouseMove={onHover}
      onClick={() => onChoose(option)}
    >
      {Icon && <Icon aria-hidden />}
      <span className={styles.label}>{option.label}</span>
      {option.detail && <span className={styles.detail}>{option.detail}</span>}
    </div>
  );
}
