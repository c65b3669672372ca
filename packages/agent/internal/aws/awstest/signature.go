package awstest

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
)

// Key is a secret access key with its session token.
type Key struct {
	Secret string
	Token  string
}

// keys are the credentials of the tests' machines. All are temporary, as on every real machine: a request without its
// token is refused.
var keys = map[string]Key{
	"AKID":        {"secret", "token"},
	"AKIDEXAMPLE": {"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session"},
}

// signature is a parsed Authorization header.
type signature struct {
	access, date, region, service string
	signed                        []string
	value                         string
}

func parseSignature(header string) (*signature, bool) {
	rest, isV4 := strings.CutPrefix(header, "AWS4-HMAC-SHA256 ")
	found := &signature{}
	for _, part := range strings.Split(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "Credential":
			scope := strings.Split(value, "/")
			if len(scope) != 5 || scope[4] != "aws4_request" {
				return nil, false
			}
			found.access, found.date, found.region, found.service = scope[0], scope[1], scope[2], scope[3]
		case "SignedHeaders":
			found.signed = strings.Split(value, ";")
		case "Signature":
			found.value = value
		}
	}
	return found, isV4 && found.value != "" && found.access != ""
}

// refusal returns AWS' error code and reason if a request's signature is not valid, else an empty string. It computes
// the signature from the specification
// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html), not with the signer
// under test.
func (s *signature) refusal(r *http.Request, body []byte) (code, why string) {
	key, known := keys[s.access]
	if !known {
		return "InvalidClientTokenId", "the access key is not known"
	}
	if r.Header.Get("X-Amz-Security-Token") != key.Token {
		return "InvalidClientTokenId", "the session token is missing or another one"
	}
	for name := range r.Header {
		if name = strings.ToLower(name); (strings.HasPrefix(name, "x-amz-") || name == "content-type") && !slices.Contains(s.signed, name) {
			return "SignatureDoesNotMatch", name + " is not signed"
		}
	}
	if !slices.Contains(s.signed, "host") || !slices.IsSorted(s.signed) {
		return "SignatureDoesNotMatch", "the host is not signed, or the names are not sorted"
	}
	date := r.Header.Get("X-Amz-Date")
	if !strings.HasPrefix(date, s.date) {
		return "SignatureDoesNotMatch", "the scope has another date"
	}
	hash := hexOf(body)
	if given := r.Header.Get("X-Amz-Content-Sha256"); given != "" && given != hash || given == "" && s.service == "s3" {
		return "XAmzContentSHA256Mismatch", "the hash of the body is missing or another one"
	}
	scope := strings.Join([]string{s.date, s.region, s.service, "aws4_request"}, "/")
	canonical := strings.Join([]string{r.Method, s.path(r.URL), canonicalQuery(r.URL), s.headers(r), strings.Join(s.signed, ";"), hash}, "\n")
	text := strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hexOf([]byte(canonical))}, "\n")
	derived := []byte("AWS4" + key.Secret)
	for _, part := range []string{s.date, s.region, s.service, "aws4_request", text} {
		derived = mac(derived, part)
	}
	if hex.EncodeToString(derived) != s.value {
		return "SignatureDoesNotMatch", "it was computed from\n" + canonical
	}
	return "", ""
}

func (s *signature) headers(r *http.Request) string {
	var out strings.Builder
	for _, name := range s.signed {
		values := r.Header.Values(name)
		switch name {
		case "host":
			values = []string{r.Host}
		case "content-length":
			values = []string{fmt.Sprint(r.ContentLength)}
		}
		trimmed := make([]string, len(values))
		for index, value := range values {
			trimmed[index] = strings.Join(strings.Fields(value), " ")
		}
		out.WriteString(name + ":" + strings.Join(trimmed, ",") + "\n")
	}
	return out.String()
}

// path escapes the path once more than it is sent; S3 uses it unchanged.
func (s *signature) path(u *url.URL) string {
	sent := u.EscapedPath()
	if sent == "" {
		return "/"
	}
	if s.service == "s3" {
		return sent
	}
	return strings.ReplaceAll(percent(sent), "%2F", "/")
}

func canonicalQuery(u *url.URL) string {
	var pairs []string
	for name, values := range u.Query() {
		for _, value := range values {
			pairs = append(pairs, percent(name)+"="+percent(value))
		}
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

// percent writes all but RFC 3986's unreserved characters as %XX.
func percent(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func mac(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
