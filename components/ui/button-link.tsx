'use client';

import Button, { type ButtonProps } from '@mui/material/Button';
import Link from 'next/link';

type Looks = 'variant' | 'color' | 'size' | 'startIcon' | 'endIcon' | 'fullWidth' | 'children' | 'sx';
type ButtonLinkProps = Pick<ButtonProps, Looks> & { href: string; prefetch?: boolean };

/** A link that looks like a button; usable from server components. */
export function ButtonLink({ href, ...button }: ButtonLinkProps) {
  return <Button component={Link} href={href} {...button} />;
}
