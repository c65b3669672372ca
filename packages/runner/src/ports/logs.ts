// The part of CloudWatch Logs that the runner reads, in its own spelling.
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
  /** False: the newest first. */
  startFromHead?: boolean;
  limit?: number;
  nextToken?: string;
}

/** Each call throws what the SDK throws; a group that is gone an error named `ResourceNotFoundException`. */
export interface LogsPort {
  /** In order of time, over all streams of the group; a page may be empty though more follow. */
  filterLogEvents(
    input: FilterLogEventsInput,
    options?: CallOptions,
  ): Promise<{ events?: FilteredLogEvent[] | undefined; nextToken?: string | undefined }>;
  describeLogStreams(
    input: { logGroupName: string; logStreamNamePrefix?: string; limit?: number },
    options?: CallOptions,
  ): Promise<{ logStreams?: { logStreamName?: string | undefined }[] | undefined }>;
}
