// Environment variables: a name, and either a value or one source. As ValidateEnv and ValidateEnvFrom of Kubernetes.
import { envVarName } from '../formats.ts';
import { containerRule } from '../rule.ts';

const definedCount = (source: object): number => Object.values(source).filter((value) => value !== undefined).length;

export const environmentVariables = containerRule(['I2K308'], ({ container, path }, reportAt) => {
  for (const [index, { name, value, valueFrom }] of (container.env ?? []).entries()) {
    const itemPath = [...path, 'env', index];
    const problem = envVarName(name ?? '');
    if (problem) reportAt([...itemPath, 'name'], `the variable's name ${JSON.stringify(name ?? '')} ${problem}`);
    if (valueFrom === undefined) continue;
    const sources = definedCount(valueFrom);
    if (sources === 0) reportAt([...itemPath, 'valueFrom'], `the variable ${name} has a valueFrom without a source`);
    else if (value) reportAt([...itemPath, 'valueFrom'], `the variable ${name} has both a value and a valueFrom`);
    else if (sources > 1) reportAt([...itemPath, 'valueFrom'], `the variable ${name} has more than one source`);
  }
  for (const [index, { prefix, configMapRef, secretRef }] of (container.envFrom ?? []).entries()) {
    const itemPath = [...path, 'envFrom', index];
    const problem = prefix ? envVarName(prefix) : undefined;
    if (problem) reportAt([...itemPath, 'prefix'], `the prefix ${JSON.stringify(prefix)} ${problem}`);
    const sources = definedCount({ configMapRef, secretRef });
    if (sources !== 1)
      reportAt(itemPath, `envFrom needs one source, a configMapRef or a secretRef, but has ${sources}`);
  }
});
