import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CommandFailure } from '../failure';

export function register(program: Command): void {
  program
    .command('backup')
    .description('write everything – rows, evidence files, keys – into a folder, with counts and hashes')
    .argument('[folder]', 'new folder to write; heptad-backup-<instant> if left out')
    .option('--json', 'the manifest as JSON')
    .addHelpText('after', '\nHEPTAD_BACKUP_PASSPHRASE encrypts the keys in the backup. Exit code: 0 done, 1 failed.')
    .action(async (folder: string | undefined, { json }: { json?: boolean }) => {
      const { prepareEnvironment } = await import('../run/environment');
      const { openDatabase } = await import('../run/database');
      const { backUp } = await import('../run/backup');
      const { openFileStore } = await import('@/lib/adapters/storage/open-storage');
      const now = new Date();
      const target = path.resolve(folder ?? `heptad-backup-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
      if (existsSync(target)) throw new CommandFailure(`${target} exists already. A backup never writes over another.`);
      const { dataDir } = await prepareEnvironment();
      const database = await openDatabase(dataDir);
      try {
        const store = await openFileStore(process.env, dataDir);
        const manifest = await backUp({
          url: database.url,
          dataDir,
          store,
          target,
          passphrase: process.env.HEPTAD_BACKUP_PASSPHRASE,
          now,
        });
        if (json) return console.log(JSON.stringify({ folder: target, ...manifest }));
        const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
        console.log(`Backup in ${target}: ${rows} rows, ${manifest.files.length} files.`);
        if (manifest.keys === 'plain')
          console.warn(
            'WARNING: the keys lie in this backup unencrypted. Whoever has it can read all evidence. Set HEPTAD_BACKUP_PASSPHRASE.',
          );
        if (manifest.keys === 'not included')
          console.warn('The keys are not in this backup: keep EVIDENCE_KEY and AUTH_SECRET elsewhere.');
      } finally {
        await database.stop();
      }
    });
}
