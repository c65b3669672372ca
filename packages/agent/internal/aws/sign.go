package aws

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Credentials sign requests.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	Token           string
	Expires         time.Time
}

// sign adds Signature Version 4 to a request.
func sign(ctx context.Context, signer *v4.Signer, request *http.Request, body []byte, service, region string, with Credentials, now time.Time) error {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	credentials := sdk.Credentials{AccessKeyID: with.AccessKeyID, SecretAccessKey: with.SecretAccessKey, SessionToken: with.Token}
	if service != "s3" {
		return signer.SignHTTP(ctx, credentials, request, hash, service, region, now)
	}
	// S3 signs the hash of the body as a header, too, and a path that is escaped only once.
	request.Header.Set("X-Amz-Content-Sha256", hash)
	return signer.SignHTTP(ctx, credentials, request, hash, service, region, now, func(options *v4.SignerOptions) {
		options.DisableURIPathEscaping = true
	})
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
