// Applications that nobody here wrote pass without an error.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnosticsOf, manifestsOf } from '../helpers/manifests.ts';

const corpus = join(
  process.env['I2KIT_SHARED_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
  'corpus',
);

const apps = ['voting', 'guestbook', 'online-boutique', 'sock-shop', 'bank-of-anthos', 'cassandra', 'robot-shop'];
(existsSync(corpus) ? it.each(apps) : it.skip.each(apps))('%s has no error', (app) => {
  const folder = `${corpus}/${app}`;
  const yaml = readdirSync(folder)
    .sort()
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n---\n');
  const diagnostics = diagnosticsOf(manifestsOf(yaml));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
});
