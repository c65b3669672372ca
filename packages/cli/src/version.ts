// The version of the command line; a test holds it to package.json, which the bundle does not read.
export const version = '0.1.0';
