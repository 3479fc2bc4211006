import type { Job } from '@/lib/kernel/job';
import type { Operation } from '@/lib/kernel/operation';
import * as accountCommands from './account/commands';
import * as accountJobs from './account/jobs';
import * as accountQueries from './account/queries';
import * as assessmentCommands from './assessments/commands';
import * as assessmentQueries from './assessments/queries';
import * as entityCommands from './entities/commands';
import * as entityQueries from './entities/queries';
import * as evidenceCommands from './evidence/commands';
import * as evidenceJobs from './evidence/jobs';
import * as evidenceQueries from './evidence/queries';
import * as readinessQueries from './readiness/queries';
import * as requestCommands from './requests/commands';
import * as requestQueries from './requests/queries';
import * as reportCommands from './reports/commands';
import * as reportQueries from './reports/queries';
import * as reviewCommands from './reviews/commands';
import * as reviewQueries from './reviews/queries';
import * as catalogueQueries from './catalogue/queries';
import * as commentCommands from './comments/commands';
import * as commentQueries from './comments/queries';
import * as engagementCommands from './engagements/commands';
import * as engagementQueries from './engagements/queries';
import * as frameworkQueries from './frameworks/queries';
import * as heatmapCellQueries from './heatmap-cell/queries';
import * as heatmapQueries from './heatmap/queries';
import * as logQueries from './log/queries';
import * as overviewQueries from './overview/queries';
import * as peopleCommands from './people/commands';
import * as peopleQueries from './people/queries';
import * as permissionQueries from './permissions/queries';
import * as raciCommands from './raci/commands';
import * as raciQueries from './raci/queries';
import * as searchQueries from './search/queries';
import * as snapshotCommands from './snapshots/commands';
import * as snapshotJobs from './snapshots/jobs';
import * as snapshotQueries from './snapshots/queries';
import * as taskQueries from './tasks/queries';
import * as tokenCommands from './tokens/commands';
import * as tokenQueries from './tokens/queries';

/**
 * Every operation there is, by hand and in the order of the features. The OpenAPI file, the role × route tests and the
 * permission page are made from this list; test/architecture.test.ts finds operations that are missing here.
 */
export const operations: readonly Operation[] = [
  accountQueries,
  accountCommands,
  catalogueQueries,
  frameworkQueries,
  searchQueries,
  entityQueries,
  entityCommands,
  assessmentQueries,
  assessmentCommands,
  readinessQueries,
  heatmapQueries,
  heatmapCellQueries,
  overviewQueries,
  evidenceQueries,
  evidenceCommands,
  reviewQueries,
  reviewCommands,
  requestQueries,
  requestCommands,
  raciQueries,
  raciCommands,
  commentQueries,
  commentCommands,
  taskQueries,
  peopleQueries,
  peopleCommands,
  engagementQueries,
  engagementCommands,
  tokenQueries,
  tokenCommands,
  permissionQueries,
  logQueries,
  snapshotQueries,
  snapshotCommands,
  reportQueries,
  reportCommands,
].flatMap(operationsOf);

/** Every job the worker knows. */
export const jobs: readonly Job[] = [
  snapshotJobs.closeMonth,
  snapshotJobs.freezeEngagement,
  evidenceJobs.sweepEvidenceFiles,
  accountJobs.forgetExpired,
];

function operationsOf(module: Record<string, unknown>): Operation[] {
  return Object.values(module).filter(isOperation);
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    (value.kind === 'query' || value.kind === 'command')
  );
}
