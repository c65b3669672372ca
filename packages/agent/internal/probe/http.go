package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"i2kit.dev/agent/internal/contract"
)

// HTTP gets what a probe or a hook says: 200 to 399 is well.
func HTTP(ctx context.Context, spec contract.Http, address string) (bool, string) {
	scheme := strings.ToLower(contract.Or(spec.Scheme, "HTTP"))
	host := net.JoinHostPort(contract.Or(spec.Host, address), strconv.FormatInt(spec.Port, 10))
	path := contract.Or(spec.Path, "/")
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, scheme+"://"+host+path, nil)
	if err != nil {
		return false, err.Error()
	}
	for _, header := range spec.Headers {
		if strings.EqualFold(header.Name, "Host") {
			request.Host = header.Value
		} else {
			request.Header.Add(header.Name, header.Value)
		}
	}
	setDefault(request.Header, "User-Agent", "kube-probe/i2kit")
	setDefault(request.Header, "Accept", "*/*")
	transport := &http.Transport{
		// The container's certificate is of a name that nobody asks for here.
		TLSClientConfig:    &tls.Config{InsecureSkipVerify: true},
		DisableKeepAlives:  true,
		DisableCompression: true,
		Proxy:              nil,
		DialContext:        (&net.Dialer{}).DialContext,
	}
	client := &http.Client{Transport: transport, CheckRedirect: sameHost}
	response, err := client.Do(request)
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

func setDefault(header http.Header, name, value string) {
	values, said := header[name]
	if !said {
		header.Set(name, value)
	} else if len(values) == 1 && values[0] == "" {
		// An empty one asks for none at all.
		header[name] = nil
	}
}

// sameHost follows redirects to the host that was asked; another one's is an answer as good as any.
func sameHost(request *http.Request, via []*http.Request) error {
	if request.URL.Hostname() != via[0].URL.Hostname() {
		return http.ErrUseLastResponse
	}
	if len(via) >= 10 {
		return errors.New("stopped after 10 redirects")
	}
	return nil
}

// TCP connects.
func TCP(ctx context.Context, spec contract.Tcp, address string) (bool, string) {
	dialer := net.Dialer{KeepAlive: -1 * time.Second}
	connection, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(contract.Or(spec.Host, address), strconv.FormatInt(spec.Port, 10)))
	if err != nil {
		return false, err.Error()
	}
	// No lingering: a probe leaves nothing behind in the table of connections.
	connection.(*net.TCPConn).SetLinger(0)
	connection.Close()
	return true, ""
}
