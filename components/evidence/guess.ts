/** Words in a file's name that tell what it probably is. The person sees the guess and may change it. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/minutes|protokoll|resolution|beschluss/i, 'board_minutes'],
  [/raci/i, 'raci_matrix'],
  [/access.?review|berechtigung/i, 'access_review'],
  [/asset|inventar(?!.*ai)/i, 'asset_inventory'],
  [/ai.?inventor|ki.?inventar/i, 'ai_inventory'],
  [/pen.?test|penetration/i, 'penetration_test'],
  [/red.?team/i, 'red_team_report'],
  [/backup|restore|wiederherstell/i, 'backup_test'],
  [/exercise|übung|uebung|drill/i, 'exercise_report'],
  [/audit|revision/i, 'audit_report'],
  [/patch/i, 'patch_report'],
  [/scan|vuln|schwachstell/i, 'vulnerability_scan'],
  [/risk|risiko/i, 'risk_register'],
  [/supplier|lieferant|vendor/i, 'supplier_assessment'],
  [/contract|vertrag/i, 'contract_clauses'],
  [/training|schulung/i, 'training_record'],
  [/diagram|netzplan/i, 'network_diagram'],
  [/certificate|zertifikat/i, 'certificate'],
  [/continuity|notfall|recovery/i, 'continuity_plan'],
  [/policy|richtlinie|leitlinie/i, 'policy_document'],
  [/procedure|verfahren|playbook|prozess/i, 'procedure_document'],
];

/** The evidence type a file name suggests, or null. */
export function guessType(fileName: string): string | null {
  return HINTS.find(([hint]) => hint.test(fileName))?.[1] ?? null;
}

/** The last full date written in a file name (2026-03-31, 31.03.2026, 20260331), or null. Never later than `today`. */
export function guessDay(fileName: string, today: string): string | null {
  const found = [
    ...[...fileName.matchAll(/(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)/g)].map(
      ([, year, month, day]) => `${year}-${month}-${day}`,
    ),
    ...[...fileName.matchAll(/(\d\d)\.(\d\d)\.(20\d\d)/g)].map(([, day, month, year]) => `${year}-${month}-${day}`),
  ].filter((text) => isDay(text) && text <= today);
  return found.at(-1) ?? null;
}

/** A file name as a title: without its ending, with spaces. */
export function titleOf(fileName: string): string {
  const words = fileName
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 200) || fileName.slice(0, 200);
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
