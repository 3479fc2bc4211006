import type { MatrixCases } from './case';

const narrowed = { auditor: { status: 404, because: 'nothing has been frozen for the engagement yet' } };

export const readinessCases: MatrixCases = {
  getChanges: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found', narrowed },
  getReadiness: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found', narrowed },
  getHeatmap: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found', narrowed },
  exportHeatmap: { prepare: async (world) => ({ entity: world.entityId }), foreign: 'not-found', narrowed },
  getHeatmapCell: {
    prepare: async (world) => ({ row: 'L1', column: world.entityId }),
    foreign: 'not-found',
    narrowed,
  },
};
