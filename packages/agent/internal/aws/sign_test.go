package aws

import (
	"net/http"
	"strings"
	"testing"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Signatures from AWS' own test suite for Signature Version 4 (awslabs/aws-c-auth, tests/aws-signing-test-suite/v4).
func TestSign(t *testing.T) {
	const post = "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
	at := time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		method, address, body, contentType, service, token, signature string
	}{
		"get-vanilla":                      {"GET", "https://example.amazonaws.com/", "", "", "service", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
		"get-vanilla-query-order-key-case": {"GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", "", "", "service", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
		"post-vanilla":                     {"POST", "https://example.amazonaws.com/", "", "", "service", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
		"post-x-www-form-urlencoded": {"POST", "https://example.amazonaws.com/", "Param1=value1", "application/x-www-form-urlencoded", "service", "",
			"ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
		"list-users": {"GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", "", "application/x-www-form-urlencoded; charset=utf-8", "iam", "",
			"5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"},
		"get-vanilla-with-session-token": {"GET", "https://example.amazonaws.com/", "", "", "service",
			"6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267", "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8"},
		"post-sts-header-before": {"POST", "https://example.amazonaws.com/", "", "", "service", post, "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead"},
	} {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequest(test.method, test.address, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			if test.contentType != "" {
				request.Header.Set("Content-Type", test.contentType)
			}
			// The suite's requests have no content-length, which the signer would sign.
			request.ContentLength = 0
			with := Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", Token: test.token}
			if err := sign(t.Context(), v4.NewSigner(), request, []byte(test.body), test.service, "us-east-1", with, at); err != nil {
				t.Fatal(err)
			}
			if got := request.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+test.signature) {
				t.Error(got)
			}
			if got := request.Header.Get("X-Amz-Security-Token"); got != test.token {
				t.Errorf("the token is %q", got)
			}
		})
	}
}

func TestEscape(t *testing.T) {
	if got := escape("a b/ü~+", true); got != "a%20b/%C3%BC~%2B" {
		t.Error(got)
	}
	if got := escape("a/b", false); got != "a%2Fb" {
		t.Error(got)
	}
}
