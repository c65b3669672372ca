// Environment variables: a name, and either a value or one source. As ValidateEnv and ValidateEnvFrom of Kubernetes.
import { variableName } from '../formats.ts';
import { perContainer } from '../rule.ts';

const count = (source: object): number => Object.values(source).filter((value) => value !== undefined).length;

export const env = perContainer(['I2K308'], ({ container, path }, say) => {
  for (const [index, { name, value, valueFrom }] of (container.env ?? []).entries()) {
    const at = [...path, 'env', index];
    const problem = variableName(name ?? '');
    if (problem) say([...at, 'name'], `the variable's name ${JSON.stringify(name ?? '')} ${problem}`);
    if (valueFrom === undefined) continue;
    const sources = count(valueFrom);
    if (sources === 0) say([...at, 'valueFrom'], `the variable ${name} has a valueFrom without a source`);
    else if (value) say([...at, 'valueFrom'], `the variable ${name} has both a value and a valueFrom`);
    else if (sources > 1) say([...at, 'valueFrom'], `the variable ${name} has more than one source`);
  }
  for (const [index, { prefix, configMapRef, secretRef }] of (container.envFrom ?? []).entries()) {
    const at = [...path, 'envFrom', index];
    const problem = prefix ? variableName(prefix) : undefined;
    if (problem) say([...at, 'prefix'], `the prefix ${JSON.stringify(prefix)} ${problem}`);
    const sources = count({ configMapRef, secretRef });
    if (sources !== 1) say(at, `envFrom needs one source, a configMapRef or a secretRef, and here are ${sources}`);
  }
});
