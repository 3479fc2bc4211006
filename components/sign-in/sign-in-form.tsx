'use client';

import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import type { Problem } from '../problem';
import styles from './sign-in-form.module.css';
import { useSignIn } from './use-sign-in';

/** One field at a time: first who, then the password. */
export function SignInForm({ next }: { next: string }) {
  const t = useTranslations('auth');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isEmailGiven, setIsEmailGiven] = useState(false);
  const { signIn, problem, isBusy, secondsLeft } = useSignIn(next);
  const failure = useFailure(problem, secondsLeft);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isEmailGiven) signIn({ email: email.trim(), password });
    else setIsEmailGiven(true);
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      {isEmailGiven ? (
        <>
          <p className={styles.who}>
            <span>{email}</span>
            <Button variant="text" size="small" onClick={() => setIsEmailGiven(false)}>
              {t('change')}
            </Button>
          </p>
          {/* Password managers look for the name beside the password. */}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <TextField
            key="password"
            type="password"
            name="password"
            label={t('password')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={failure !== null}
            helperText={failure}
            slotProps={{ formHelperText: { role: 'alert' }, inputLabel: { required: false } }}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the next of one field at a time.
            autoFocus
            required
          />
        </>
      ) : (
        <TextField
          key="email"
          type="email"
          name="email"
          label={t('email')}
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          slotProps={{ inputLabel: { required: false } }}
          required
        />
      )}
      <Button
        type="submit"
        variant="contained"
        color="primary"
        loading={isBusy}
        disabled={secondsLeft > 0}
        sx={{ minHeight: 40 }}
      >
        {t(isEmailGiven ? 'signIn' : 'continue')}
      </Button>
    </form>
  );
}

/** What to say under the password; never whether the account exists. */
function useFailure(problem: Problem | null, secondsLeft: number): string | null {
  const t = useTranslations('auth');
  if (!problem) return null;
  if (problem.status === 429) return secondsLeft > 0 ? t('wait', { seconds: secondsLeft }) : t('tryNow');
  if (problem.status === 401) return t('wrong');
  if (problem.status === 422) return t('incomplete');
  return t('unavailable');
}
