import { accountCases } from './account';
import { administrationCases } from './administration';
import { assessmentCases } from './assessments';
import { catalogueCases } from './catalogue';
import { collaborationCases } from './collaboration';
import type { MatrixCases } from './case';
import { entityCases } from './entities';
import { evidenceCases } from './evidence';
import { reportCases } from './reports';
import { readinessCases } from './readiness';

/** One case per operation of the registry; the matrix test fails when one is missing or left over. */
export const cases: MatrixCases = {
  ...accountCases,
  ...entityCases,
  ...catalogueCases,
  ...assessmentCases,
  ...evidenceCases,
  ...collaborationCases,
  ...administrationCases,
  ...reportCases,
  ...readinessCases,
};
