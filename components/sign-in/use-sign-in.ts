'use client';

import { useState } from 'react';
import { callApi, Problem } from '../api';
import { useCountdown } from './use-countdown';

type Credentials = { email: string; password: string } | { demo: string };

/** Opens a session and goes on. While the server asks to wait, `secondsLeft` counts down. */
export function useSignIn(next: string) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [secondsLeft, wait] = useCountdown();

  async function signIn(credentials: Credentials): Promise<void> {
    setIsBusy(true);
    setProblem(null);
    try {
      await callApi({ method: 'POST', path: '/session', body: credentials });
      // A whole load, not a client navigation: nothing of the signed-out page may stay in memory.
      window.location.assign(next);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      wait(error.retryAfter ?? 0);
      setIsBusy(false);
    }
  }

  return { signIn: (credentials: Credentials) => void signIn(credentials), problem, isBusy, secondsLeft };
}
