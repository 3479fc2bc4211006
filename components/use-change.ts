'use client';

import { useMutation, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { callApi, Problem, type ApiRequest } from './api';
import { useStepUp } from './step-up';

interface ChangeOptions<Input, Answer> {
  /** The call that one input means. The idempotency key is added here and kept over every retry. */
  request: (input: Input) => ApiRequest;
  /** Cached reads that the change makes stale. */
  invalidates?: readonly QueryKey[];
  /** Fetch the server-rendered page again after success; on unless told otherwise. */
  refreshes?: boolean;
  onDone?: (answer: Answer, input: Input) => void;
}

interface Intention<Input> {
  input: Input;
  idempotencyKey: string;
}

/**
 * A change from the screen: `const accept = useChange({ request: (id: string) => ({ method: 'POST', path: `/evidence/${id}/accept` }) })`,
 * then `accept.run(id)`. Answers of `step-up` ask for the password and repeat the same call.
 */
export function useChange<Input, Answer = unknown>(options: ChangeOptions<Input, Answer>) {
  const askToStepUp = useStepUp();
  const queries = useQueryClient();
  const router = useRouter();

  const mutation = useMutation<Answer, Problem, Intention<Input>>({
    mutationFn: async ({ input, idempotencyKey }) => {
      const request = { ...options.request(input), idempotencyKey };
      try {
        return await callApi<Answer>(request);
      } catch (error) {
        if (!(error instanceof Problem) || error.reason !== 'step-up' || !(await askToStepUp())) throw error;
        return callApi<Answer>(request);
      }
    },
    onSuccess: async (answer, { input }) => {
      if (options.refreshes !== false) router.refresh();
      options.onDone?.(answer, input);
      await Promise.all((options.invalidates ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });

  const intend = (input: Input): Intention<Input> => ({ input, idempotencyKey: crypto.randomUUID() });
  return {
    run: (input: Input) => mutation.mutate(intend(input)),
    runAsync: (input: Input) => mutation.mutateAsync(intend(input)),
    isRunning: mutation.isPending,
    problem: mutation.error,
    answer: mutation.data,
    reset: mutation.reset,
  };
}
