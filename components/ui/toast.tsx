'use client';

import { useTranslations } from 'next-intl';
import { createContext, use, useCallback, useEffect, useState, type ReactNode } from 'react';
import styles from './toast.module.css';

interface Toast {
  /** What was done, in the past: "Evidence accepted." */
  message: string;
  /** Offered as a button for as long as the toast stands. */
  undo?: () => void;
}

type ShowToast = (toast: Toast) => void;

const STAY_MS = 6_000;
/** An offer to undo must be reachable by those who read slowly (WCAG 2.2.1). */
const STAY_WITH_UNDO_MS = 20_000;

const ToastContext = createContext<ShowToast>(() => undefined);

/** One toast at a time, bottom left, out of the way of actions. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('ui');
  const [toast, setToast] = useState<Toast | null>(null);
  const [isHeld, setIsHeld] = useState(false);
  const show = useCallback<ShowToast>((next) => setToast(next), []);

  useEffect(() => {
    if (!toast || isHeld) return undefined;
    const timer = setTimeout(() => setToast(null), toast.undo ? STAY_WITH_UNDO_MS : STAY_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);

  function undo() {
    setToast(null);
    toast?.undo?.();
  }

  return (
    <ToastContext value={show}>
      {children}
      <output className={styles.place}>
        {toast && (
          <span
            className={styles.toast}
            onMouseEnter={() => setIsHeld(true)}
            onMouseLeave={() => setIsHeld(false)}
            onFocus={() => setIsHeld(true)}
            onBlur={() => setIsHeld(false)}
          >
            {toast.message}
            {toast.undo && (
              <button type="button" onClick={undo}>
                {t('undo')}
              </button>
            )}
          </span>
        )}
      </output>
    </ToastContext>
  );
}

export function useToast(): ShowToast {
  return use(ToastContext);
}
