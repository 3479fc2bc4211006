'use client';

import dynamic from 'next/dynamic';
import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import { callApi } from './api';

/** Asks the person for the password again; resolves true once the session is fresh, false when they decline. */
type AskToStepUp = () => Promise<boolean>;

const StepUpDialog = dynamic(async () => (await import('./ui/step-up-dialog')).StepUpDialog, { ssr: false });

const StepUpContext = createContext<AskToStepUp>(() => Promise.resolve(false));

/** Some acts need a sign-in of the last five minutes. Callers in the same moment share one dialog. */
export function StepUpProvider({ children }: { children: ReactNode }) {
  const [isOpen, setIsOpen] = useState(false);
  const waiting = useRef<((fresh: boolean) => void)[]>([]);

  const ask = useCallback<AskToStepUp>(() => {
    setIsOpen(true);
    return new Promise((resolve) => waiting.current.push(resolve));
  }, []);

  const settle = useCallback((fresh: boolean) => {
    setIsOpen(false);
    for (const resolve of waiting.current.splice(0)) resolve(fresh);
  }, []);

  const confirm = useCallback(
    async (password: string) => {
      await callApi({ method: 'POST', path: '/session/step-up', body: { password } });
      settle(true);
    },
    [settle],
  );

  return (
    <StepUpContext value={ask}>
      {children}
      {isOpen && <StepUpDialog open onConfirm={confirm} onCancel={() => settle(false)} />}
    </StepUpContext>
  );
}

export function useStepUp(): AskToStepUp {
  return use(StepUpContext);
}
