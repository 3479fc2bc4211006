import { accountCases } from './account';
import { assessmentCases } from './assessments';
import type { MatrixCases } from './case';
import { entityCases } from './entities';
import { evidenceCases } from './evidence';

/** One case per operation of the registry; the matrix test fails when one is missing or left over. */
export const cases: MatrixCases = { ...accountCases, ...entityCases, ...assessmentCases, ...evidenceCases };
