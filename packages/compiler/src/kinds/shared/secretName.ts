// What a Kubernetes Secret is called in Secrets Manager.

/** `i2kit/<env>/<namespace>/<name>`. */
export const secretName = (env: string, namespace: string, name: string): string => `i2kit/${env}/${namespace}/${name}`;
