import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/options';
import { foreignRoute } from '@/lib/web/foreign-route';
import { resource } from '@/lib/web/resource';

const handle = foreignRoute(
  (request, { params }) =>
    NextAuth(request, { params: params as Promise<{ nextauth: string[] }> }, authOptions()) as Promise<Response>,
);

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ GET: handle, POST: handle });
