package aws

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Signatures of AWS' own test suite for Signature Version 4.
func TestSign(t *testing.T) {
	at := time.Date(2015, 8, 30, 12, 36, 0, 0, time.UTC)
	with := Credentials{AccessKeyID: "AKIDEXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}
	for name, test := range map[string]struct {
		method, address, body, contentType, service, signature string
	}{
		"get-vanilla":                      {"GET", "https://example.amazonaws.com/", "", "", "service", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
		"get-vanilla-query-order-key-case": {"GET", "https://example.amazonaws.com/?Param2=value2&Param1=value1", "", "", "service", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
		"post-vanilla":                     {"POST", "https://example.amazonaws.com/", "", "", "service", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},
		"post-x-www-form-urlencoded":       {"POST", "https://example.amazonaws.com/", "Param1=value1", "application/x-www-form-urlencoded", "service", "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"},
		"list-users": {"GET", "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08", "", "application/x-www-form-urlencoded; charset=utf-8", "iam",
			"5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"},
	} {
		t.Run(name, func(t *testing.T) {
			request, err := http.NewRequest(test.method, test.address, strings.NewReader(test.body))
			if err != nil {
				t.Fatal(err)
			}
			if test.contentType != "" {
				request.Header.Set("Content-Type", test.contentType)
			}
			sign(request, []byte(test.body), test.service, "us-east-1", with, at)
			if got := request.Header.Get("Authorization"); !strings.HasSuffix(got, "Signature="+test.signature) {
				t.Error(got)
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
