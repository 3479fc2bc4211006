import { nowhere } from '@/lib/web/resource';

export const { DELETE, GET, OPTIONS, PATCH, POST, PUT } = nowhere();
