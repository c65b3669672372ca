package firewall

import (
	"encoding/binary"
	"fmt"
	"net/netip"

	"github.com/google/nftables"
	"github.com/google/nftables/expr"
	"golang.org/x/sys/unix"
	"i2kit.dev/agent/internal/contract"
)

const table = "i2kit"

// Redirect redirects ports of the machine to ports of the pod, for packets from outside and from the machine itself
// to its own addresses.
func Redirect(ports []contract.Redirect, addresses []string) error {
	if len(ports) == 0 {
		return nil
	}
	connection, err := nftables.New()
	if err != nil {
		return fmt.Errorf("redirects: %w", err)
	}
	for _, family := range []nftables.TableFamily{nftables.TableFamilyIPv4, nftables.TableFamilyIPv6} {
		// Create, delete, create: this replaces the rules of an earlier agent, if any.
		made := &nftables.Table{Name: table, Family: family}
		connection.AddTable(made)
		connection.DelTable(made)
		connection.AddTable(made)
		arriving := chain(connection, made, "arriving", nftables.ChainHookPrerouting)
		own := chain(connection, made, "own", nftables.ChainHookOutput)
		for _, port := range ports {
			connection.AddRule(&nftables.Rule{Table: made, Chain: arriving, Exprs: redirect(port)})
			for _, text := range addresses {
				address, err := netip.ParseAddr(text)
				if err != nil || address.Is4() != (family == nftables.TableFamilyIPv4) {
					continue
				}
				connection.AddRule(&nftables.Rule{Table: made, Chain: own, Exprs: append(to(address), redirect(port)...)})
			}
		}
	}
	if err := connection.Flush(); err != nil {
		return fmt.Errorf("redirects: %w", err)
	}
	return nil
}

func chain(connection *nftables.Conn, of *nftables.Table, name string, hook *nftables.ChainHook) *nftables.Chain {
	return connection.AddChain(&nftables.Chain{Name: name, Table: of, Type: nftables.ChainTypeNAT, Hooknum: hook, Priority: nftables.ChainPriorityNATDest})
}

func to(address netip.Addr) []expr.Any {
	offset := uint32(16)
	if address.Is6() {
		offset = 24
	}
	data := address.AsSlice()
	return []expr.Any{
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseNetworkHeader, Offset: offset, Len: uint32(len(data))},
		&expr.Cmp{Register: 1, Op: expr.CmpOpEq, Data: data},
	}
}

func redirect(port contract.Redirect) []expr.Any {
	protocol := byte(unix.IPPROTO_TCP)
	if port.Protocol == "UDP" {
		protocol = unix.IPPROTO_UDP
	}
	return []expr.Any{
		&expr.Meta{Key: expr.MetaKeyL4PROTO, Register: 1},
		&expr.Cmp{Register: 1, Op: expr.CmpOpEq, Data: []byte{protocol}},
		&expr.Payload{DestRegister: 1, Base: expr.PayloadBaseTransportHeader, Offset: 2, Len: 2},
		&expr.Cmp{Register: 1, Op: expr.CmpOpEq, Data: binary.BigEndian.AppendUint16(nil, uint16(port.Port))},
		&expr.Immediate{Register: 1, Data: binary.BigEndian.AppendUint16(nil, uint16(port.To))},
		&expr.Redir{RegisterProtoMin: 1},
	}
}
