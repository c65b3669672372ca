// Entry point of the review bundle, which is separate because its tables are larger than the rest of the command
// line.
export * from '@i2kit/review';
