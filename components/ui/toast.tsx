'use client';

import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useTranslations } from 'next-intl';
import { createContext, use, useCallback, useState, type ReactNode } from 'react';

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
  const [isOpen, setIsOpen] = useState(false);
  const show = useCallback<ShowToast>((next) => {
    setToast(next);
    setIsOpen(true);
  }, []);

  function undo() {
    setIsOpen(false);
    toast?.undo?.();
  }

  return (
    <ToastContext value={show}>
      {children}
      <Snackbar
        key={toast?.message}
        open={isOpen}
        message={toast?.message}
        autoHideDuration={toast?.undo ? STAY_WITH_UNDO_MS : STAY_MS}
        onClose={(_event, reason) => reason !== 'clickaway' && setIsOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        action={
          toast?.undo && (
            <Button variant="text" size="small" color="inherit" onClick={undo}>
              {t('undo')}
            </Button>
          )
        }
      />
    </ToastContext>
  );
}

export function useToast(): ShowToast {
  return use(ToastContext);
}
