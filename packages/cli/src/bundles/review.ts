// What explains a change, in a bundle of its own: its tables are larger than the rest of the command line.
export * from '@i2kit/review';
