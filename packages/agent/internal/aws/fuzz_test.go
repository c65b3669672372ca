package aws

import (
	"strings"
	"testing"
)

// Any answer with an error status has a code, by which callers decide.
func FuzzError(f *testing.F) {
	for _, seed := range []string{
		`<ErrorResponse><Error><Code>Throttling</Code><Message>slow</Message></Error></ErrorResponse>`,
		`<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors></Response>`,
		`<InvalidChangeBatch><Messages><Message>it exists</Message></Messages></InvalidChangeBatch>`,
		`<Error><Code>NoSuchKey</Code></Error>`, `{"__type":"a#ResourceNotFoundException","Message":"no"}`, `{"__type":"#"}`, `null`, `<a`, ``,
	} {
		f.Add([]byte(seed), 400)
	}
	f.Add([]byte("upstream"), 599)
	f.Fuzz(func(t *testing.T, body []byte, status int) {
		found := readError("ec2:DescribeInstances", status, body)
		if found.Code == "" || strings.Contains(found.Code, "#") {
			t.Errorf("%d %q: code %q", status, body, found.Code)
		}
		isTransient(found)
	})
}
