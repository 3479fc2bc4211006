import { type SQL, sql } from 'drizzle-orm';
import { catalogue } from '@/db/catalogue';
import { FileAnswer } from '@/lib/kernel/answer';
import { defineQuery, type QueryContext } from '@/lib/kernel/operation';
import { type EventItem, ExportEvents, ListEvents } from './schema';

/** Verbs about the platform itself: all a platform admin reads. */
const PLATFORM = ['session.%', 'password.%', 'person.%', 'role.%', 'token.%', 'engagement.%', 'backup.%'];
/** What a board member reads of the log: decisions, not every keystroke. */
const SUMMARY = [
  'evidence.accepted',
  'evidence.withdrawn',
  'exclusion.approved',
  'snapshot.%',
  'report.%',
  'entity.reclassified',
  'engagement.%',
  'role.granted',
];

export const listEvents = defineQuery({
  name: 'listEvents',
  summary: 'The event log, newest first, as far as your role reads it.',
  permission: 'log:read',
  input: ListEvents,
  http: { method: 'GET', path: '/log/events' },
  async run(context, input): Promise<{ items: EventItem[]; next: string | null }> {
    const { rows } = await context.db.execute<EventItem>(sql`
      ${select(context)}
        ${input.verb ? sql`and v.verb like ${`${input.verb.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`}` : sql``}
        ${input.object ? sql`and (v.object_kind = ${input.object} or v.object_id = ${input.object})` : sql``}
        ${input.actor ? sql`and v.actor_id = ${input.actor}` : sql``}
        ${between(input)}
        ${input.cursor ? sql`and v.position < ${input.cursor}` : sql``}
      order by v.position desc limit ${input.limit + 1}`);
    const items = rows.slice(0, input.limit);
    return { items, next: rows.length > input.limit ? String(items.at(-1)!.position) : null };
  },
});

export const exportEvents = defineQuery({
  name: 'exportEvents',
  summary: 'The event log as JSON lines, oldest first.',
  permission: 'log:export',
  input: ExportEvents,
  http: { method: 'GET', path: '/log/export' },
  async run(context, input): Promise<FileAnswer> {
    const { rows } = await context.db.execute<EventItem>(
      sql`${select(context)} ${between(input)} order by v.position limit 200000`,
    );
    const body = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return new FileAnswer(body, {
      name: 'heptad-events.jsonl',
      mediaType: 'application/x-ndjson',
      size: body.byteLength,
    });
  },
});

function select({ organisationId, authority, actor }: QueryContext): SQL {
  return sql`
    select v.position::int as position, v.id, to_json(v.at) #>> '{}' as at, json_build_object('kind', v.actor_kind, 'id', v.actor_id, 'name', coalesce(p.name, t.name)) as actor,
      v.verb, json_build_object('kind', v.object_kind, 'id', v.object_id) as object, e.name as "entityName", v.before_hash as "beforeHash", v.after_hash as "afterHash", v.detail
    from event v
    left join person p on p.org_id = v.org_id and p.id = v.actor_id
    left join api_token t on t.org_id = v.org_id and t.id = v.actor_id
    left join entity e on e.org_id = v.org_id and e.id = v.entity_id
    where v.org_id = ${organisationId} ${narrowing(authority, actor)}`;
}

function narrowing(authority: QueryContext['authority'], actor: QueryContext['actor']): SQL {
  if (authority.reach === 'own') return sql`and v.actor_id = ${actor.id}::uuid`;
  switch (authority.only) {
    case 'platform':
      return sql`and v.verb like any(${sql.param(PLATFORM)}::text[])`;
    case 'summary':
      return sql`and v.verb like any(${sql.param(SUMMARY)}::text[])`;
    case 'ai':
      return sql`and v.detail->>'control' = any(${sql.param(aiControls())}::text[])`;
    case 'window': {
      const engagement = actor.kind === 'user' ? actor.engagement : null;
      const inScope = engagement?.entityIds
        ? sql`and v.entity_id = any(${sql.param([...engagement.entityIds])}::uuid[])`
        : sql``;
      return sql`and v.at >= ${engagement?.startsAt ?? null}::timestamptz - interval '1 year' and v.verb not like 'session.%' ${inScope}`;
    }
    default:
      return sql``;
  }
}

function between({ from, to }: { from?: string; to?: string }): SQL {
  return sql`${from ? sql`and v.at >= ${from}::date` : sql``} ${to ? sql`and v.at < ${to}::date + 1` : sql``}`;
}

function aiControls(): string[] {
  return catalogue()
    .controls.filter(({ applicability }) => applicability === 'ai_only' || applicability === 'agentic_only')
    .map(({ id }) => id);
}
