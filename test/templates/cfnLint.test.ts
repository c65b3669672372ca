// Runs cfn-lint, AWS's own linter, on every template in one call.
import { environmentTemplate } from '@i2kit/compiler';
import { runCfnLint } from '../validators/cfnLint.ts';
import { apps, templateOf } from './apps.ts';
import { environmentVariants, variantTemplate } from './environmentVariants.ts';
import { existingApps } from './existingApps.ts';

/** Pinned zones are intended: neither a volume nor an address can leave its zone. */
const pinnedZone = 'W3010';

test('cfn-lint has no error and no warning', async () => {
  const environments = (['per-zone', 'one', 'none'] as const).map((egress) => {
    const result = environmentTemplate({ env: 'default', config: { network: { egress }, hostedZone: 'example.com' } });
    if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
    return [`environment-${egress}`, result.template as object] as const;
  });
  const templates = Object.fromEntries([
    ...apps.map((app) => [app.name, templateOf(app) as object] as const),
    ...environments,
    ...Object.entries(environmentVariants).map(
      ([name, variant]) => [`environment-${name}`, variantTemplate(variant).template as object] as const,
    ),
    ...Object.entries(existingApps).map(([name, template]) => [`app-${name}`, template as object] as const),
  ]);
  const findings = await runCfnLint(templates);
  const unexpected = findings.filter(
    ({ rule, template }) =>
      !(rule === pinnedZone && /AWS::EC2::(Volume|NetworkInterface)/.test(JSON.stringify(templates[template]))),
  );
  expect(unexpected).toEqual([]);
});
