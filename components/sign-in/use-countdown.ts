'use client';

import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/** Whole seconds until a wait is over, and the way to start one. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  const isWaiting = left > 0;
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => setLeft((seconds) => Math.max(0, seconds - 1)), SECOND_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return [left, (seconds) => setLeft(Math.ceil(seconds))];
}
