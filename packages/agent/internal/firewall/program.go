// Package firewall blocks the containers' access to the metadata service, and redirects ports of the machine to ports
// of the pod.
//
// Containers share the machine's network, so only their control group distinguishes them. nftables can match it only
// with a module that linuxkit's kernel lacks (NFT_SOCKET). A BPF program on the control group needs only the features
// that runc itself needs, survives a restart of the agent, and sees the packets of every kind of socket.
package firewall

import (
	"encoding/binary"
	"net/netip"
)

// The addresses of the metadata service.
var (
	service4 = netip.MustParseAddr("169.254.169.254")
	service6 = netip.MustParseAddr("fd00:ec2::254")
)

// Direction of the packets that a program checks; the values are the kernel's attach types.
type direction uint32

const (
	ingress direction = 0
	egress  direction = 1
)

// instruction is a BPF instruction in the kernel's layout.
type instruction struct {
	code     uint8
	dst, src uint8
	offset   int16
	imm      int32
}

const (
	loadWord = 0x61 // dst = *(u32 *)(src + offset)
	move     = 0xbf
	set      = 0xb7
	add      = 0x07
	ifMore   = 0x2d // if dst > src, skip offset
	ifEqual  = 0x16 // if the lower half of dst == imm, skip offset
	ifOther  = 0x56
	leave    = 0x95

	// Offsets in struct __sk_buff.
	skbProtocol = 16
	skbData     = 76
	skbDataEnd  = 80
)

// program drops the packets to (or from) the metadata service and lets all others pass.
func program(way direction) []instruction {
	// The peer's address: the receiver of an outgoing packet, the sender of an incoming one.
	at4, at6 := int16(16), int16(24)
	if way == ingress {
		at4, at6 = 12, 8
	}
	code := []instruction{
		{code: set, dst: 0, imm: 1},
		{code: loadWord, dst: 2, src: 1, offset: skbData},
		{code: loadWord, dst: 3, src: 1, offset: skbDataEnd},
		{code: loadWord, dst: 4, src: 1, offset: skbProtocol},
	}
	four := compare(20, at4, service4.AsSlice())
	six := compare(40, at6, service6.AsSlice())
	// Protocols are in network byte order, which is the reverse of both of our architectures' order.
	code = append(code,
		instruction{code: ifEqual, dst: 4, imm: 0x0008, offset: 2},
		instruction{code: ifEqual, dst: 4, imm: 0xdd86, offset: int16(1 + len(four))},
		instruction{code: leave},
	)
	return append(append(code, four...), six...)
}

// compare drops a packet of this header length that has this address at this offset.
func compare(header int32, at int16, address []byte) []instruction {
	words := len(address) / 4
	code := []instruction{
		{code: move, dst: 5, src: 2},
		{code: add, dst: 5, imm: header},
		{code: ifMore, dst: 5, src: 3, offset: int16(2*words + 1)},
	}
	for word := range words {
		code = append(code,
			instruction{code: loadWord, dst: 5, src: 2, offset: at + int16(4*word)},
			instruction{code: ifOther, dst: 5, imm: int32(binary.LittleEndian.Uint32(address[4*word:])), offset: int16(2*(words-word-1) + 1)},
		)
	}
	return append(code, instruction{code: set, dst: 0, imm: 0}, instruction{code: leave})
}

func encode(code []instruction) []byte {
	out := make([]byte, 0, 8*len(code))
	for _, each := range code {
		out = append(out, each.code, each.src<<4|each.dst)
		out = binary.LittleEndian.AppendUint16(out, uint16(each.offset))
		out = binary.LittleEndian.AppendUint32(out, uint32(each.imm))
	}
	return out
}
