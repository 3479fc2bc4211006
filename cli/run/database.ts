import { startPostgres } from '@/lib/adapters/postgres/start-postgres';
import { checkCatalogue, loadCatalogue } from '@/db/catalogue';
import { migrate } from '@/db/migrate';
import { CommandFailure } from '../failure';

export type OpenDatabase = { url: string; describe: string; stop: () => Promise<void> };

/** The database of DATABASE_URL, or the embedded one, started if nobody runs it yet. Sets DATABASE_URL for the kernel. */
export async function openDatabase(dataDir: string, report: (line: string) => void = () => {}): Promise<OpenDatabase> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, describe: 'the PostgreSQL of DATABASE_URL', stop: async () => {} };
  const postgres = await startPostgres({ dataDir, durable: true, report });
  process.env.DATABASE_URL = postgres.url;
  return { url: postgres.url, describe: `embedded PostgreSQL ${postgres.version}`, stop: () => postgres.stop() };
}

/** Brings schema and catalogue to this release. */
export async function prepareDatabase(url: string, report: (line: string) => void): Promise<void> {
  try {
    const { applied } = await migrate(url);
    if (applied.length > 0) report(`Database: ${applied.length} migration${applied.length === 1 ? '' : 's'} applied`);
  } catch (error) {
    throw new CommandFailure(
      `The database cannot be prepared: ${(error as Error).message}\nCheck DATABASE_URL and that its user owns the database.`,
      1,
      { cause: error },
    );
  }
  checkCatalogue();
  const { version, loaded } = await loadCatalogue(url);
  if (loaded) report(`Catalogue ${version} loaded`);
}
