import type { Command } from 'commander';
import path from 'node:path';

export function register(program: Command): void {
  program
    .command('restore')
    .description('make an empty place equal to a backup, and check that it is')
    .argument('<folder>', 'a folder made by heptad backup')
    .option('--json', 'the result as JSON')
    .addHelpText(
      'after',
      '\nRefuses a database that holds an organisation. Exit code: 0 done and checked, 1 failed; then nothing was kept.',
    )
    .action(async (folder: string, { json }: { json?: boolean }) => {
      const { readManifest, requireEmptyDatabase, restoreContent } = await import('../run/restore');
      const { restoreKeys } = await import('../run/backup-keys');
      const { openDatabase } = await import('../run/database');
      const { openFileStore } = await import('@/lib/adapters/storage/open-storage');
      const source = path.resolve(folder);
      const manifest = await readManifest(source);
      const dataDir = path.resolve(process.env.DATA_DIR ?? '.data');
      const database = await openDatabase(dataDir);
      try {
        await requireEmptyDatabase(database.url);
        await restoreKeys(source, dataDir, manifest, process.env.HEPTAD_BACKUP_PASSPHRASE);
        await restoreContent(source, database.url, await openFileStore(process.env, dataDir), manifest);
      } finally {
        await database.stop();
      }
      const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
      if (json) console.log(JSON.stringify({ ok: true, rows, files: manifest.files.length }));
      else
        console.log(
          `Restored and checked: ${rows} rows, ${manifest.files.length} files. Everybody has to sign in again.`,
        );
    });
}
