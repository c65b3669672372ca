package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// HTTP runs an HTTP probe. A status of 200 to 399 is a success.
func HTTP(ctx context.Context, spec contract.Http, address string) (bool, string) {
	request, err := newRequest(ctx, spec, address, "kube-probe/i2kit")
	if err != nil {
		return false, err.Error()
	}
	response, err := newClient().Do(request)
	if err != nil {
		return false, err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 200))
	if response.StatusCode >= 200 && response.StatusCode < 400 {
		return true, ""
	}
	return false, strings.TrimSpace(fmt.Sprintf("HTTP status %d %s", response.StatusCode, body))
}

// Hook runs a postStart or preStop over HTTP. As in a kubelet, any answer is a success, and a server that answers
// HTTPS with plain HTTP is called again without TLS.
func Hook(ctx context.Context, spec contract.Http, address string) error {
	request, err := newRequest(ctx, spec, address, "kube-lifecycle/i2kit")
	if err != nil {
		return err
	}
	response, err := newClient().Do(request)
	if err != nil && strings.Contains(err.Error(), "server gave HTTP response to HTTPS client") {
		request = request.Clone(ctx)
		request.URL.Scheme = "http"
		request.Header.Del("Authorization")
		response, err = newClient().Do(request)
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	// Read the answer, so that the server does not see a broken connection.
	io.Copy(io.Discard, io.LimitReader(response.Body, 10<<10))
	return nil
}

// newRequest builds the same request as a kubelet (pkg/probe/http/request.go).
func newRequest(ctx context.Context, spec contract.Http, address, agent string) (*http.Request, error) {
	path := contract.Or(spec.Path, "/")
	target, err := url.Parse(path)
	if err != nil {
		target = &url.URL{Path: path}
	}
	target.Scheme = strings.ToLower(contract.Or(spec.Scheme, "HTTP"))
	target.Host = net.JoinHostPort(contract.Or(spec.Host, address), strconv.FormatInt(spec.Port, 10))
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, err
	}
	for _, header := range spec.Headers {
		request.Header.Add(header.Name, header.Value)
	}
	request.Host = request.Header.Get("Host")
	if _, isSet := request.Header["User-Agent"]; !isSet {
		request.Header.Set("User-Agent", agent)
	}
	if _, isSet := request.Header["Accept"]; !isSet {
		request.Header.Set("Accept", "*/*")
	} else if request.Header.Get("Accept") == "" {
		// An empty value removes the header.
		request.Header.Del("Accept")
	}
	return request, nil
}

func newClient() *http.Client {
	return &http.Client{CheckRedirect: sameHost, Transport: &http.Transport{
		// The certificate is not valid for the pod's address.
		TLSClientConfig:    &tls.Config{InsecureSkipVerify: true},
		DisableKeepAlives:  true,
		DisableCompression: true,
		Proxy:              nil,
		DialContext:        (&net.Dialer{}).DialContext,
	}}
}

// sameHost follows redirects on the same host. A redirect to another host counts as an answer.
func sameHost(request *http.Request, via []*http.Request) error {
	if request.URL.Hostname() != via[0].URL.Hostname() {
		return http.ErrUseLastResponse
	}
	if len(via) >= 10 {
		return errors.New("stopped after 10 redirects")
	}
	return nil
}

// TCP opens a connection.
func TCP(ctx context.Context, spec contract.Tcp, address string) (bool, string) {
	dialer := net.Dialer{KeepAlive: -1 * time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(contract.Or(spec.Host, address), strconv.FormatInt(spec.Port, 10)))
	if err != nil {
		return false, err.Error()
	}
	// No lingering: a probe leaves no entry in the table of connections.
	connection.(*net.TCPConn).SetLinger(0)
	connection.Close()
	return true, ""
}
