package credentials

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"i2kit.dev/agent/internal/aws"
)

func TestServe(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	life := time.Hour
	var refused error
	server := Serve(listener, "token", func(context.Context) (*aws.Credentials, error) {
		asked++
		if refused != nil {
			return nil, refused
		}
		return &aws.Credentials{AccessKeyID: "ASIA", SecretAccessKey: "s", Token: "t", Expires: time.Now().Add(life)}, nil
	}, t.Logf)
	defer server.Close()
	environment := Environment("eu-west-1", listener.Addr().String())
	get := func(url, token string) (int, map[string]string) {
		request, _ := http.NewRequest(http.MethodGet, url, nil)
		request.Header.Set("Authorization", token)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		found := map[string]string{}
		json.NewDecoder(response.Body).Decode(&found)
		return response.StatusCode, found
	}
	url := environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
	for range 2 {
		status, found := get(url, "token ")
		if status != 200 || found["AccessKeyId"] != "ASIA" || found["Token"] != "t" {
			t.Error(status, found)
		}
		if _, err := time.Parse(time.RFC3339, found["Expiration"]); err != nil {
			t.Error(err)
		}
	}
	if asked != 1 {
		t.Errorf("assumed %d times", asked)
	}
	for _, token := range []string{"", "other", "toke"} {
		if status, _ := get(url, token); status != 401 {
			t.Error(token, status)
		}
	}
	if status, _ := get("http://"+listener.Addr().String()+"/", "token"); status != 404 {
		t.Error(status)
	}
	// Credentials are renewed near their end. If that fails, they are served for as long as they are valid.
	life = 5 * time.Minute
	server.cached = nil
	get(url, "token")
	refused = errors.New("denied")
	if status, _ := get(url, "token"); status != 200 {
		t.Error(status)
	}
	server.cached, server.failed = nil, time.Time{}
	if status, found := get(url, "token"); status != 503 || found["message"] != "denied" {
		t.Error(status, found)
	}
	before := asked
	get(url, "token")
	if asked != before {
		t.Error("asked again at once")
	}
}

func TestTokensDiffer(t *testing.T) {
	if first, second := Token(), Token(); first == second || len(first) < 40 {
		t.Error(first, second)
	}
}
