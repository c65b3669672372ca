package probe

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"

	"i2kit.dev/agent/internal/contract"
)

// GRPC calls grpc.health.v1.Health/Check; SERVING is a success.
//
// One unary call needs no gRPC library: it is an HTTP/2 request with a length before its message, and its status in
// the trailers.
func GRPC(ctx context.Context, spec contract.Grpc, address string) (bool, string) {
	service := contract.Or(spec.Service, "")
	var message []byte
	if service != "" {
		message = append([]byte{0x0a}, binary.AppendUvarint(nil, uint64(len(service)))...)
		message = append(message, service...)
	}
	body := make([]byte, 5, 5+len(message))
	binary.BigEndian.PutUint32(body[1:], uint32(len(message)))
	body = append(body, message...)
	url := "http://" + net.JoinHostPort(address, strconv.FormatInt(spec.Port, 10)) + "/grpc.health.v1.Health/Check"
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return false, err.Error()
	}
	request.Header.Set("Content-Type", "application/grpc")
	request.Header.Set("TE", "trailers")
	request.Header.Set("User-Agent", "kube-probe/i2kit")
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	transport := &http.Transport{Protocols: protocols, DisableCompression: true}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		return false, err.Error()
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
	if err != nil {
		return false, err.Error()
	}
	if response.StatusCode != http.StatusOK {
		return false, fmt.Sprintf("HTTP status %d", response.StatusCode)
	}
	status := response.Trailer.Get("grpc-status")
	if status == "" {
		// Without a message, the trailers arrive as headers.
		status = response.Header.Get("grpc-status")
	}
	if status != "0" {
		return false, fmt.Sprintf("gRPC status %s %s%s", status, response.Trailer.Get("grpc-message"), response.Header.Get("grpc-message"))
	}
	if serving(answer) {
		return true, ""
	}
	return false, "not SERVING"
}

// serving reads HealthCheckResponse: its only field, status, is 1.
func serving(answer []byte) bool {
	if len(answer) < 5 || answer[0] != 0 {
		return false
	}
	message := answer[5:]
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 || tag&7 != 0 {
			return false
		}
		value, m := binary.Uvarint(message[n:])
		if m <= 0 {
			return false
		}
		if tag == 1<<3 {
			return value == 1
		}
		message = message[n+m:]
	}
	return false
}
