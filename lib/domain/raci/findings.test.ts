import { describe, expect, it } from 'vitest';
import catalogue from '@/db/catalogue/controls.json';
import roles from '@/db/catalogue/roles.json';
import { CONFLICTING_DUTIES, INDEPENDENT_ROLES } from './conflicts';
import { raciFindings, type RaciAssignment, type RaciLetter, type RaciMatrix, type RaciPerson } from './findings';

const PEOPLE: RaciPerson[] = [
  { id: 'anna', roles: ['ciso'], active: true },
  { id: 'ben', roles: ['it_ops'], active: true },
  { id: 'cleo', roles: ['internal_audit'], active: true },
  { id: 'dora', roles: ['dpo'], active: true },
  { id: 'emil', roles: ['compliance'], active: false },
];

/** "GOV-01 A anna" → an assignment. */
const assign = (...lines: string[]): RaciAssignment[] =>
  lines.map((line) => {
    const [controlId = '', letter, personId = ''] = line.split(' ');
    return { controlId, letter: letter as RaciLetter, personId };
  });

/** A matrix of the controls its assignments name, all of them sound unless said otherwise. */
function matrix(assignments: RaciAssignment[], more: { key?: boolean; defaultAccountable?: string } = {}): RaciMatrix {
  const ids = [...new Set(assignments.map((assignment) => assignment.controlId))];
  const controls = ids.map((id) => ({
    id,
    key: more.key ?? false,
    defaultAccountable: more.defaultAccountable ?? 'ceo',
  }));
  return { controls, people: PEOPLE, assignments };
}

const keyControls = (count: number, accountable: string) =>
  Array.from({ length: count }, (_, index) =>
    assign(
      `${accountable}-${index} A ${accountable}`,
      `${accountable}-${index} R ben`,
      `${accountable}-${index} R dora`,
    ),
  ).flat();

const concentrated = (mine: number, others: number) =>
  raciFindings(matrix([...keyControls(mine, 'anna'), ...keyControls(others, 'ben')], { key: true })).filter(
    (finding) => finding.kind === 'concentrated' && finding.personIds.includes('anna'),
  );

const SOUND = assign('RSK-01 A anna', 'RSK-01 R ben', 'RSK-01 C cleo', 'RSK-01 I dora');

describe('RACI findings', () => {
  it('are none for a control with one accountable and another responsible', () => {
    expect(raciFindings(matrix(SOUND))).toEqual([]);
  });

  it('name a control nobody is accountable or responsible for', () => {
    const empty: RaciMatrix = {
      controls: [{ id: 'RSK-01', key: true, defaultAccountable: 'ciso' }],
      people: [],
      assignments: [],
    };
    expect(raciFindings(empty)).toEqual([
      { kind: 'no-accountable', severity: 'gap', controlIds: ['RSK-01'], personIds: [] },
      { kind: 'no-responsible', severity: 'gap', controlIds: ['RSK-01'], personIds: [] },
    ]);
  });

  it('name several accountable people', () => {
    expect(raciFindings(matrix([...SOUND, ...assign('RSK-01 A ben', 'RSK-01 R dora')]))).toEqual([
      { kind: 'several-accountable', severity: 'gap', controlIds: ['RSK-01'], personIds: ['anna', 'ben'] },
    ]);
  });

  it('name who answers for a control and does it alone: serious on a key control', () => {
    const alone = assign('RSK-01 A anna', 'RSK-01 R anna');
    const finding = { kind: 'sole-doer', controlIds: ['RSK-01'], personIds: ['anna'] };
    expect(raciFindings(matrix(alone))).toEqual([{ ...finding, severity: 'attention' }]);
    expect(raciFindings(matrix(alone, { key: true }))).toEqual([{ ...finding, severity: 'serious' }]);
    expect(raciFindings(matrix([...alone, ...assign('RSK-01 R ben')]))).toEqual([]);
  });

  it('name people who have left, once per control', () => {
    const findings = raciFindings(matrix(assign('RSK-01 A emil', 'RSK-01 R emil', 'RSK-01 R ben', 'RSK-01 C emil')));
    expect(findings).toEqual([{ kind: 'left-person', severity: 'gap', controlIds: ['RSK-01'], personIds: ['emil'] }]);
  });

  it('keep internal audit out of doing and answering, save where the catalogue puts it', () => {
    const audit = assign('RSK-01 A anna', 'RSK-01 R cleo');
    expect(raciFindings(matrix(audit))).toEqual([
      {
        kind: 'lost-independence',
        severity: 'serious',
        controlIds: ['RSK-01'],
        personIds: ['cleo'],
        role: 'internal_audit',
      },
    ]);
    expect(
      raciFindings(matrix(assign('TRU-03 A cleo', 'TRU-03 R ben'), { defaultAccountable: 'internal_audit' })),
    ).toEqual([]);
  });

  it('keep the data protection officer from answering, not from doing', () => {
    expect(raciFindings(matrix(assign('RSK-20 A anna', 'RSK-20 R dora')))).toEqual([]);
    expect(raciFindings(matrix(assign('RSK-20 A dora', 'RSK-20 R ben')))).toMatchObject([
      { kind: 'lost-independence', role: 'dpo' },
    ]);
  });

  it('name one person accountable for two duties that must be kept apart', () => {
    const both = assign('LIF-12 A anna', 'LIF-12 R ben', 'LIF-14 A anna', 'LIF-14 R ben');
    expect(raciFindings(matrix(both))).toEqual([
      {
        kind: 'conflicting-duties',
        severity: 'serious',
        controlIds: ['LIF-12', 'LIF-14'],
        personIds: ['anna'],
        conflict: 'build-and-approve',
      },
    ]);
    expect(raciFindings(matrix(assign('LIF-12 A anna', 'LIF-12 R ben', 'LIF-14 A ben', 'LIF-14 R anna')))).toEqual([]);
  });

  it('name a person who carries more than eight and more than a third of the key controls', () => {
    expect(concentrated(8, 2)).toEqual([]);
    expect(concentrated(9, 18)).toEqual([]);
    expect(concentrated(9, 17)).toMatchObject([{ severity: 'attention' }]);
  });
});

describe('the rules and the catalogue', () => {
  it('find no conflict in the default RACI when each role is one person', () => {
    const people = roles.roles.map(({ id }) => ({ id, roles: [id], active: true }));
    const controls = catalogue.controls.map((control) => ({
      id: control.id,
      key: control.key_control,
      defaultAccountable: control.raci.accountable,
    }));
    const assignments = catalogue.controls.flatMap(({ id, raci }) => [
      { controlId: id, personId: raci.accountable, letter: 'A' as const },
      ...raci.responsible.map((personId) => ({ controlId: id, personId, letter: 'R' as const })),
    ]);
    const kinds = raciFindings({ controls, people, assignments }).map((finding) => finding.kind);
    // Fourteen controls are run by the role that answers for them; nothing worse stands in the default.
    expect([...new Set(kinds)]).toEqual(['sole-doer']);
    expect(kinds).toHaveLength(14);
  });

  it('name only controls and roles that exist', () => {
    const controls = new Set(catalogue.controls.map((control) => control.id));
    expect(CONFLICTING_DUTIES.flatMap((duty) => duty.controls).filter((id) => !controls.has(id))).toEqual([]);
    const known = new Set(roles.roles.map((role) => role.id));
    expect(INDEPENDENT_ROLES.filter((rule) => !known.has(rule.role))).toEqual([]);
  });
});
