import type {
  ActionConstraint,
  Condition,
  EntityConstraint,
  PolicyJson,
  PrincipalOrResourceConstraint,
} from './expression';
import { formatEntityUid, formatExpression, quote } from './format-expression';

/** Writes a policy or template as Cedar text; parsing the text again gives an equal policy. */
export function formatPolicy({
  effect,
  principal,
  action,
  resource,
  conditions,
  annotations = {},
}: PolicyJson): string {
  const notes = Object.entries(annotations).map(([name, value]) => `@${name}(${quote(value ?? '')})\n`);
  const scope = [
    formatConstraint('principal', principal),
    formatAction(action),
    formatConstraint('resource', resource),
  ];
  return `${notes.join('')}${effect} (${scope.join(', ')})${conditions.map(formatCondition).join('')};`;
}

function formatCondition({ kind, body }: Condition): string {
  return `\n${kind} { ${formatExpression(body)} }`;
}

function formatConstraint(variable: string, constraint: PrincipalOrResourceConstraint): string {
  switch (constraint.op) {
    case 'All':
      return variable;
    case 'is': {
      const within = constraint.in ? ` in ${formatTarget(constraint.in)}` : '';
      return `${variable} is ${constraint.entity_type}${within}`;
    }
    default:
      return `${variable} ${constraint.op} ${formatTarget(constraint)}`;
  }
}

function formatAction(constraint: ActionConstraint): string {
  if (constraint.op === 'All') return 'action';
  if ('entity' in constraint) return `action ${constraint.op} ${formatEntityUid(constraint.entity)}`;
  return `action in [${constraint.entities.map(formatEntityUid).join(', ')}]`;
}

function formatTarget(constraint: EntityConstraint): string {
  return 'slot' in constraint ? constraint.slot : formatEntityUid(constraint.entity);
}
