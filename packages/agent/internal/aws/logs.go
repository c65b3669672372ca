package aws

import "context"

// LogEvent is a log line with its time in milliseconds.
type LogEvent struct {
	Timestamp int64  `json:"timestamp"`
	Message   string `json:"message"`
}

// CreateLogStream makes a stream. An existing one is not an error.
func (c *Client) CreateLogStream(ctx context.Context, group, stream string) error {
	err := c.json(ctx, createLogStream, map[string]any{"logGroupName": group, "logStreamName": stream}, nil)
	if IsCode(err, "ResourceAlreadyExistsException") {
		return nil
	}
	return err
}

// PutLogEvents writes events, which are sorted by time.
func (c *Client) PutLogEvents(ctx context.Context, group, stream string, events []LogEvent) error {
	return c.json(ctx, putLogEvents, map[string]any{"logGroupName": group, "logStreamName": stream, "logEvents": events}, nil)
}
