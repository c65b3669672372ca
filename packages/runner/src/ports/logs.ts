// The CloudWatch Logs calls of the runner, in their own spelling.
import type { CallOptions } from './cloudFormation.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html */
export interface FilteredLogEvent {
  logStreamName?: string | undefined;
  /** Milliseconds since the epoch, by the machine's clock. */
  timestamp?: number | undefined;
  message?: string | undefined;
  eventId?: string | undefined;
}

export interface FilterLogEventsInput {
  logGroupName: string;
  logStreamNamePrefix?: string;
  startTime?: number;
  /** False: newest first. */
  startFromHead?: boolean;
  limit?: number;
  nextToken?: string;
}

/** Each call throws the SDK's errors; for a missing group one named `ResourceNotFoundException`. */
export interface LogsPort {
  /** In order of time, over all streams of the group; a page may be empty although more follow. */
  filterLogEvents(
    input: FilterLogEventsInput,
    options?: CallOptions,
  ): Promise<{ events?: FilteredLogEvent[] | undefined; nextToken?: string | undefined }>;
  describeLogStreams(
    input: { logGroupName: string; logStreamNamePrefix?: string; limit?: number },
    options?: CallOptions,
  ): Promise<{ logStreams?: { logStreamName?: string | undefined }[] | undefined }>;
}
