package aws

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Object reads an object of a bucket.
func (c *Client) Object(ctx context.Context, bucket, key string) ([]byte, error) {
	address := c.url("s3") + "/" + bucket + "/" + escape(key, true)
	// A name with dots does not match the service's certificate as a host name.
	if c.endpoint == "" && !strings.Contains(bucket, ".") {
		address = strings.Replace(c.url("s3"), "://", "://"+bucket+".", 1) + "/" + escape(key, true)
	}
	return c.send(ctx, getObject, http.MethodGet, address, nil, nil)
}

// Parameter reads a parameter; false means that it does not exist.
func (c *Client) Parameter(ctx context.Context, name string) (string, bool, error) {
	var out struct{ Parameter struct{ Value string } }
	err := c.json(ctx, getParameter, map[string]any{"Name": name, "WithDecryption": true}, &out)
	if IsCode(err, "ParameterNotFound") {
		return "", false, nil
	}
	return out.Parameter.Value, err == nil, err
}

// Secret reads a secret at a version (empty: the current one); false means that the secret or version does not exist.
func (c *Client) Secret(ctx context.Context, name, version string) ([]byte, bool, error) {
	in := map[string]any{"SecretId": name}
	if version != "" {
		in["VersionId"] = version
	}
	var out struct {
		SecretString *string
		SecretBinary string
	}
	err := c.json(ctx, getSecretValue, in, &out)
	if IsCode(err, "ResourceNotFoundException") {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	if out.SecretString != nil {
		return []byte(*out.SecretString), true, nil
	}
	value, err := base64.StdEncoding.DecodeString(out.SecretBinary)
	return value, err == nil, err
}

// AssumeRole returns credentials of a role, for the containers.
func (c *Client) AssumeRole(ctx context.Context, role, session string) (*Credentials, error) {
	var out struct {
		Credentials struct {
			AccessKeyId, SecretAccessKey, SessionToken string
			Expiration                                 time.Time
		} `xml:"AssumeRoleResult>Credentials"`
	}
	err := c.query(ctx, assumeRole, url.Values{"RoleArn": {role}, "RoleSessionName": {session}, "DurationSeconds": {"3600"}}, &out)
	if err != nil {
		return nil, err
	}
	found := out.Credentials
	if found.AccessKeyId == "" {
		return nil, fmt.Errorf("%s: no credentials in the answer", assumeRole.name)
	}
	return &Credentials{AccessKeyID: found.AccessKeyId, SecretAccessKey: found.SecretAccessKey, Token: found.SessionToken, Expires: found.Expiration}, nil
}
