package aws

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"sort"
	"strings"
	"time"
)

// Credentials sign requests.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	Token           string
	Expires         time.Time
}

const (
	algorithm  = "AWS4-HMAC-SHA256"
	timeFormat = "20060102T150405Z"
)

// sign adds Signature Version 4 to a request. The few calls that the agent makes need no more of an SDK than this.
func sign(request *http.Request, body []byte, service, region string, with Credentials, now time.Time) {
	date := now.UTC().Format(timeFormat)
	request.Header.Set("X-Amz-Date", date)
	if with.Token != "" {
		request.Header.Set("X-Amz-Security-Token", with.Token)
	}
	hash := hexOf(body)
	if service == "s3" {
		request.Header.Set("X-Amz-Content-Sha256", hash)
	}
	headers, signed := canonicalHeaders(request)
	canonical := strings.Join([]string{request.Method, canonicalPath(request.URL), canonicalQuery(request.URL), headers, signed, hash}, "\n")
	scope := strings.Join([]string{date[:8], region, service, "aws4_request"}, "/")
	text := strings.Join([]string{algorithm, date, scope, hexOf([]byte(canonical))}, "\n")
	key := []byte("AWS4" + with.SecretAccessKey)
	for _, part := range []string{date[:8], region, service, "aws4_request", text} {
		key = mac(key, part)
	}
	request.Header.Set("Authorization", fmt.Sprintf("%s Credential=%s/%s, SignedHeaders=%s, Signature=%x", algorithm, with.AccessKeyID, scope, signed, key))
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

func canonicalHeaders(request *http.Request) (lines, names string) {
	host := request.Host
	if host == "" {
		host = request.URL.Host
	}
	all := map[string]string{"host": host}
	for name, values := range request.Header {
		name = strings.ToLower(name)
		if name == "authorization" || name == "user-agent" {
			continue
		}
		trimmed := make([]string, len(values))
		for index, value := range values {
			trimmed[index] = strings.Join(strings.Fields(value), " ")
		}
		all[name] = strings.Join(trimmed, ",")
	}
	sorted := make([]string, 0, len(all))
	for name := range all {
		sorted = append(sorted, name)
	}
	sort.Strings(sorted)
	var out strings.Builder
	for _, name := range sorted {
		out.WriteString(name + ":" + all[name] + "\n")
	}
	return out.String(), strings.Join(sorted, ";")
}

// canonicalPath is the path as it is sent: our paths are `/`, and those of S3, which are escaped once.
func canonicalPath(u *url.URL) string {
	if path := u.EscapedPath(); path != "" {
		return path
	}
	return "/"
}

func canonicalQuery(u *url.URL) string {
	var pairs []string
	for name, values := range u.Query() {
		for _, value := range values {
			pairs = append(pairs, escape(name, false)+"="+escape(value, false))
		}
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

// escape writes all but RFC 3986's unreserved characters as %XX.
func escape(text string, slash bool) string {
	var out strings.Builder
	for index := 0; index < len(text); index++ {
		c := text[index]
		if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 || slash && c == '/' {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}
