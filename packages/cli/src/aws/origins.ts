// Which Kubernetes object a resource comes from: the runner reads it from the template.
export { type Origins, originsIn } from '@i2kit/runner';
