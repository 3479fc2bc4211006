import { durationOf } from '@/lib/domain/deadline/duration';
import { type JsonObject, MalformedData, readArray, readObject, readText } from '@/lib/domain/rules/read-json';
import { filedAnchor } from './anchors';
import { NIS2 } from './article-23-rows';
import { MEMBER_STATES } from './authority';
import { plainTerms } from './row';
import type { TemplateRow } from './template';

const DIRECTIVE_FINAL = 'one month after the incident notification';
const FINAL_AFTER_END_OF_IMPACT = '30 working days after the end-of-impact notice';
const END_OF_IMPACT = 'end_of_impact_notice';

/**
 * Rows for countries whose clock differs from the Directive, from `national-authorities.json`. Such a row takes the
 * place of the row for all countries; entity types with a limit of their own keep it where it is shorter.
 * @throws MalformedData on a country without a known zone, or a final-report rule nobody has mapped.
 */
export function nationalRows(authorities: unknown, directive: readonly TemplateRow[]): readonly TemplateRow[] {
  const source = readObject(authorities, 'authorities');
  const version = readText(source['version'], 'version');
  return readArray(source['countries'], 'countries', (item, path) => {
    const country = readObject(item, path);
    const code = readText(country['code'], `${path}.code`);
    if (!MEMBER_STATES.includes(code)) throw new MalformedData(path, `the zone of ${code} is not known`);
    const law = readText(country['law'], `${path}.law`);
    const reporting = readObject(country['reporting'], `${path}.reporting`);
    return differences(reporting, `${path}.reporting`, directive).map((row) => ({
      ...row,
      id: `${row.id}.${code}`,
      version,
      jurisdiction: code,
      reference: `${row.reference}; ${law}`,
    }));
  }).flat();
}

function differences(reporting: JsonObject, path: string, directive: readonly TemplateRow[]): readonly TemplateRow[] {
  const ofStage = (stage: string) => directive.filter((row) => row.stage === stage);
  return [
    ...withHours(ofStage('early_warning'), reporting['early_warning_hours'], `${path}.early_warning_hours`),
    ...withHours(ofStage('incident_notification'), reporting['notification_hours'], `${path}.notification_hours`),
    ...finalRows(readText(reporting['final'], `${path}.final`), path, ofStage('final_report')),
  ];
}

/** No rows if the country keeps the Directive's hours; otherwise all rows of the stage, none of them longer. */
function withHours(rows: readonly TemplateRow[], value: unknown, path: string): readonly TemplateRow[] {
  const national = durationOf(value, 'hours', path);
  const isDirective = rows.some((row) => hoursOf(row) === national.n && !row.id.includes('.', NIS2.length + 1));
  if (isDirective) return [];
  return rows.map((row) => {
    const duration = { ...national, n: Math.min(national.n, hoursOf(row)) };
    const internalTarget = row.deadline.internalTarget;
    const isTargetEarlier = internalTarget?.unit === 'hours' && internalTarget.n < duration.n;
    return {
      ...row,
      wording: null,
      deadline: {
        ...row.deadline,
        limit: { kind: 'period', duration },
        internalTarget: isTargetEarlier ? internalTarget : null,
      },
    };
  });
}

function hoursOf({ deadline }: TemplateRow): number {
  const isHours = deadline.limit.kind === 'period' && deadline.limit.duration.unit === 'hours';
  return isHours && deadline.limit.kind === 'period' ? deadline.limit.duration.n : Infinity;
}

function finalRows(rule: string, path: string, rows: readonly TemplateRow[]): readonly TemplateRow[] {
  if (rule === DIRECTIVE_FINAL) return [];
  if (rule !== FINAL_AFTER_END_OF_IMPACT) throw new MalformedData(`${path}.final`, `"${rule}" is not mapped`);
  const notice = plainTerms('impact_ended_at', { kind: 'period', duration: durationOf(24, 'hours') });
  const final = plainTerms(filedAnchor('first', END_OF_IMPACT), {
    kind: 'period',
    duration: durationOf(30, 'working_days'),
  });
  return rows.flatMap((row) => [
    {
      ...row,
      id: `${NIS2}.${END_OF_IMPACT}`,
      stage: END_OF_IMPACT,
      name: 'Notice that the significant impact has ended',
      wording: '24 hours at most',
      deadline: notice,
      content: [],
    },
    { ...row, wording: rule, deadline: final },
  ]);
}
