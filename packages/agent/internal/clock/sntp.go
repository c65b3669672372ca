package clock

import (
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"time"
)

// offset asks a time server how far this machine's clock is behind (SNTP, RFC 4330).
func offset(ctx context.Context, server string) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	connection, err := (&net.Dialer{}).DialContext(ctx, "udp", server)
	if err != nil {
		return 0, err
	}
	defer connection.Close()
	deadline, _ := ctx.Deadline()
	connection.SetDeadline(deadline)

	const packet, version4, client, serving = 48, 4 << 3, 3, 4
	request := make([]byte, packet)
	request[0] = version4 | client
	sent := time.Now()
	putTime(request[40:], sent)
	if _, err := connection.Write(request); err != nil {
		return 0, err
	}
	answer := make([]byte, packet)
	n, err := connection.Read(answer)
	received := sent.Add(time.Since(sent))
	switch {
	case err != nil:
		return 0, err
	case n < packet || answer[0]&7 != serving || string(answer[24:32]) != string(request[40:48]):
		return 0, fmt.Errorf("%s: not an answer to this request", server)
	case answer[0]>>6 == 3 || answer[1] == 0:
		return 0, fmt.Errorf("%s is not synchronised itself", server)
	}
	theirs, left := readTime(answer[32:]), readTime(answer[40:])
	return (theirs.Sub(sent.Round(0)) + left.Sub(received.Round(0))) / 2, nil
}

// NTP counts from 1900, in seconds and 2^-32 fractions of them; its second era begins in 2036.
const (
	since1900 = 2208988800
	era       = 1 << 32
)

func putTime(into []byte, t time.Time) {
	binary.BigEndian.PutUint32(into, uint32(t.Unix()+since1900))
	binary.BigEndian.PutUint32(into[4:], uint32(int64(t.Nanosecond())<<32/int64(time.Second)))
}

func readTime(from []byte) time.Time {
	seconds := int64(binary.BigEndian.Uint32(from))
	if seconds < since1900 {
		seconds += era
	}
	return time.Unix(seconds-since1900, int64(binary.BigEndian.Uint32(from[4:]))*int64(time.Second)>>32)
}
