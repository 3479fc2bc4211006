import type { MatrixCases } from './case';

/** The catalogue is the same for everybody: naming something of it reaches into no organisation. */
export const catalogueCases: MatrixCases = {
  listControls: { prepare: async () => ({}), foreign: 'own-only' },
  getControl: { prepare: async () => ({ id: 'GOV-01' }), foreign: 'own-only' },
  listObligations: { prepare: async () => ({}), foreign: 'own-only' },
  getObligation: { prepare: async () => ({ id: 'nis2.21.1' }), foreign: 'own-only' },
  listFrameworks: { prepare: async () => ({}), foreign: 'own-only' },
  getFramework: { prepare: async () => ({ id: 'iso27001_2022' }), foreign: 'own-only' },
  search: { prepare: async () => ({ q: 'board' }), foreign: 'own-only' },
};
