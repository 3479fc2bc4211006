import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('build')
    .description('build the pages and the single-file tools, without starting anything')
    .addHelpText('after', '\nExit code: 0 built, 1 failed.')
    .action(async () => {
      const { buildPages, pagesAreFresh } = await import('../run/pages');
      const { buildVerify } = await import('../build-verify');
      const { buildScan } = await import('../build-scan');
      if (!pagesAreFresh()) await buildPages();
      await buildVerify();
      await buildScan();
      console.log('Built: pages, dist/heptad-verify.mjs, dist/heptad-scan.mjs');
    });
}
