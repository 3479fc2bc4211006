'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Problem } from './api';
import { StepUpProvider } from './step-up';
import { ToastProvider } from './ui/toast';

const TRIES = 3;

/** Everything a signed-in page needs to talk to the API: the query cache, toasts and the "password again" dialog. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ToastProvider>
        <StepUpProvider>{children}</StepUpProvider>
      </ToastProvider>
    </QueryClientProvider>
  );
}

/** Retries only what may pass by itself; a refusal stays a refusal. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: mayPass, staleTime: 30_000, refetchOnWindowFocus: false },
      mutations: { retry: mayPass },
    },
  });
}

function mayPass(failures: number, error: Error): boolean {
  return failures < TRIES - 1 && error instanceof Problem && error.isTransient;
}
