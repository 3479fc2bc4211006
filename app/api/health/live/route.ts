import { live } from '@/lib/web/health';
import { resource } from '@/lib/web/resource';

export const dynamic = 'force-dynamic';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = resource({ GET: live });
