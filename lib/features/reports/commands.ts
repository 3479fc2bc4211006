import { sql } from 'drizzle-orm';
import { report, reportReading } from '@/db/schema/reports';
import { CSV_MEDIA_TYPE, csvLines } from '@/lib/adapters/csv';
import { layoutFingerprint } from '@/lib/adapters/pdf/locate';
import { expectPdf, renderPdf } from '@/lib/adapters/pdf/render-pdf';
import { writeWorkbook, XLSX_MEDIA_TYPE } from '@/lib/adapters/xlsx/write-workbook';
import { buildReport } from '@/lib/domain/report/build-report';
import type { ReportLocale, ReportModel } from '@/lib/domain/report/model';
import { printReport } from '@/lib/domain/report/print';
import { RECORD_COLUMNS, reportRecords } from '@/lib/domain/report/records';
import { reportSheets } from '@/lib/domain/report/sheets';
import type { DocumentTexts, ReportTexts, SharedTexts } from '@/lib/domain/report/texts';
import { FileAnswer } from '@/lib/kernel/answer';
import { requireOtherPerson } from '@/lib/kernel/authorise';
import { conflict, forbidden, notFound, stale } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { defineCommand } from '@/lib/kernel/operation';
import { loadMessages } from '@/messages/load';
import { requireGroupSnapshot, sha256, type StoredSnapshot } from '../snapshots/queries';
import { readsDrafts } from './queries';
import { PrepareReport, ReadReport, type ReportFileFormat, ReleaseReport } from './schema';

export const prepareReport = defineCommand({
  name: 'prepareReport',
  summary: 'Signs a frozen month as prepared for the board; another person releases it.',
  permission: 'report:make',
  input: PrepareReport,
  http: { method: 'POST', path: '/snapshots/{id}/report', status: 201 },
  async run(context, { id, note }): Promise<{ id: string; version: number }> {
    const { db, organisationId, actor, record } = context;
    if (actor.kind !== 'user') throw forbidden('right.personPrepares');
    const snapshot = await requireGroupSnapshot(context, id);
    const { rows } = await db.execute(
      sql`select 1 from report where org_id = ${organisationId} and snapshot_id = ${id}`,
    );
    if (rows.length > 0) throw conflict('report.prepared');
    const reportId = newId();
    await db
      .insert(report)
      .values({ orgId: organisationId, id: reportId, snapshotId: id, preparedBy: actor.id, note: note ?? null });
    record({
      verb: 'report.prepared',
      object: { kind: 'report', id: reportId },
      after: { snapshot: id, note: note ?? null },
      detail: { snapshot: id, month: snapshot.month, digest: snapshot.digest },
    });
    return { id: reportId, version: 1 };
  },
});

export const releaseReport = defineCommand({
  name: 'releaseReport',
  summary: 'Releases a report that somebody else prepared; from now on every reader of reports sees it.',
  permission: 'report:release',
  input: ReleaseReport,
  http: { method: 'POST', path: '/reports/{id}/release' },
  async run(context, { id, version }): Promise<{ id: string; version: number }> {
    const { db, organisationId, actor, authority, now, record } = context;
    if (actor.kind !== 'user') throw forbidden('right.personReleases');
    if (authority.entityIds !== null) throw notFound('report');
    const { rows } = await db.execute<{
      version: number;
      preparedBy: string;
      isReleased: boolean;
      snapshot: string;
    }>(sql`
      select version, prepared_by as "preparedBy", released_at is not null as "isReleased", snapshot_id as snapshot
      from report where org_id = ${organisationId} and id = ${id} for update`);
    const row = rows[0];
    if (!row) throw notFound('report');
    if (row.isReleased) throw conflict('report.released');
    if (row.version !== version) throw stale('report');
    requireOtherPerson(actor, authority, row.preparedBy);
    await db
      .update(report)
      .set({ releasedBy: actor.id, releasedAt: now, version: version + 1 })
      .where(sql`org_id = ${organisationId} and id = ${id}`);
    record({ verb: 'report.released', object: { kind: 'report', id }, detail: { snapshot: row.snapshot } });
    return { id, version: version + 1 };
  },
});

/** A command although it reads: who read a report is recorded with the reading. */
export const readReport = defineCommand({
  name: 'readReport',
  summary: 'The monthly report of a snapshot as PDF, spreadsheet, CSV or JSON. Who reads it is recorded.',
  permission: 'report:export',
  input: ReadReport,
  http: { method: 'GET', path: '/snapshots/{id}/report' },
  async run(context, { id, format, locale, inline }): Promise<FileAnswer> {
    const { db, organisationId, actor, record } = context;
    if (format === 'pdf') expectPdf();
    const snapshot = await requireGroupSnapshot(context, id);
    const { rows } = await db.execute<{ id: string; isReleased: boolean }>(sql`
      select id, released_at is not null as "isReleased" from report where org_id = ${organisationId} and snapshot_id = ${id}`);
    const known = rows[0];
    if (!known?.isReleased && !readsDrafts(context)) throw notFound('releasedReport');
    if (known && actor.kind === 'user') {
      await db
        .insert(reportReading)
        .values({ orgId: organisationId, id: newId(), reportId: known.id, personId: actor.id, format });
    }
    record({
      verb: 'report.read',
      object: { kind: 'report', id: known?.id ?? null },
      detail: { snapshot: id, format, locale },
    });
    return fileOf(snapshot, { format, locale, inline: inline === 'true' });
  },
});

/** Characters. */
const CSV_PIECE = 64 * 1024;

type FileOrder = { format: ReportFileFormat; locale: ReportLocale; inline: boolean };

/**
 * The bytes are made while they are sent, after the transaction has ended: setting a PDF takes long and must not hold
 * a connection. The validator is known before, because the same snapshot, words and release give the same bytes.
 */
function fileOf(snapshot: StoredSnapshot, order: FileOrder): FileAnswer {
  const { format, locale, inline } = order;
  const texts = reportTexts(locale);
  const model = () => buildReport({ snapshot, locale, texts });
  const name = `heptad-${snapshot.month}-${snapshot.id.slice(-8)}.${format}`;
  switch (format) {
    case 'json':
      return new FileAnswer(
        once(() => Buffer.from(snapshot.text, 'utf8')),
        {
          name,
          mediaType: 'application/json',
          etag: snapshot.digest,
        },
      );
    case 'csv':
      return new FileAnswer(csvOf(model), { name, mediaType: CSV_MEDIA_TYPE, etag: etagOf(snapshot, order, texts) });
    case 'xlsx':
      return new FileAnswer(
        once(() => writeWorkbook(reportSheets(model(), texts))),
        {
          name,
          mediaType: XLSX_MEDIA_TYPE,
          etag: etagOf(snapshot, order, texts),
        },
      );
    default:
      return new FileAnswer(
        once(() => renderPdf('monthly-report', printReport(model(), texts))),
        {
          name,
          mediaType: 'application/pdf',
          etag: etagOf(snapshot, order, texts),
          inline,
        },
      );
  }
}

async function* once(make: () => Uint8Array | Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await make();
}

/** In pieces of a useful size: a chunk for each line would cost more than the line. */
async function* csvOf(model: () => ReportModel): AsyncGenerator<Uint8Array> {
  const rows = Array.from(reportRecords(model()), (one) => RECORD_COLUMNS.map((column) => one[column]));
  let piece = '';
  for (const line of csvLines(RECORD_COLUMNS, rows)) {
    piece += line;
    if (piece.length < CSV_PIECE) continue;
    yield Buffer.from(piece, 'utf8');
    piece = '';
  }
  if (piece !== '') yield Buffer.from(piece, 'utf8');
}

/** Changes with whatever changes the bytes: the snapshot, the words and the layout. */
function etagOf({ digest }: StoredSnapshot, { format, locale }: FileOrder, texts: ReportTexts): string {
  return sha256(JSON.stringify([digest, format, locale, layoutFingerprint(), texts]));
}

function reportTexts(locale: ReportLocale): ReportTexts {
  const { reportDocument, terms, controlTitles = {} } = loadMessages(locale) as unknown as MessageFiles;
  return { ...terms, ...reportDocument, controlTitles };
}

/** The files of texts a report is worded from; test/messages.test.ts and the types of the tests hold them to it. */
type MessageFiles = {
  reportDocument: DocumentTexts;
  terms: Omit<SharedTexts, 'controlTitles'>;
  controlTitles?: SharedTexts['controlTitles'];
};
