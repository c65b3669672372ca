package logbuffer

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
)

// Position is the read position in a log buffer; it outlives the reader.
type Position struct {
	Inode  uint64 `json:"inode"`
	Offset int64  `json:"offset"`
}

// Reader follows a log buffer. Lines that were rotated out before they were read are lost: the machine's memory is
// not a log store.
type Reader struct {
	dir  string
	at   Position
	file *os.File
	rest []byte
}

// Follow reads a log buffer from a position.
func Follow(dir string, from Position) *Reader { return &Reader{dir: dir, at: from} }

// Position is the end of the records that Next has returned.
func (r *Reader) Position() Position {
	return Position{Inode: r.at.Inode, Offset: r.at.Offset - int64(len(r.rest))}
}

// Next returns the records written since, about this many bytes at most.
func (r *Reader) Next(most int) ([]Record, error) {
	var found []Record
	buffer := make([]byte, 64<<10)
	for taken := 0; taken < most; {
		if r.file == nil && !r.open() {
			return found, nil
		}
		n, _ := r.file.ReadAt(buffer, r.at.Offset)
		if n == 0 {
			if !r.turned() {
				return found, nil
			}
			continue
		}
		r.at.Offset += int64(n)
		taken += n
		r.rest = append(r.rest, buffer[:n]...)
		for {
			end := bytes.IndexByte(r.rest, '\n')
			if end < 0 {
				break
			}
			if record, ok := parse(r.rest[:end]); ok {
				found = append(found, record)
			}
			r.rest = r.rest[end+1:]
		}
		r.rest = bytes.Clone(r.rest)
	}
	return found, nil
}

// open opens the file of the position, else the oldest one.
func (r *Reader) open() bool {
	for _, name := range []string{previous, current} {
		file, err := os.Open(filepath.Join(r.dir, name))
		if err != nil {
			continue
		}
		if inode := inodeOf(file); r.at.Inode == 0 || r.at.Inode == inode {
			if r.at.Inode == 0 {
				r.at = Position{Inode: inode}
			}
			r.file, r.rest = file, nil
			return true
		}
		file.Close()
	}
	if r.at.Inode != 0 {
		// The file is gone: continue with the oldest.
		r.at = Position{}
		return r.open()
	}
	return false
}

// turned continues with the next file if the file that was read to its end is no longer written.
func (r *Reader) turned() bool {
	newest, err := os.Stat(filepath.Join(r.dir, current))
	if err != nil || newest.Sys().(*syscall.Stat_t).Ino == r.at.Inode {
		return false
	}
	next := newest.Sys().(*syscall.Stat_t).Ino
	if older, err := os.Stat(filepath.Join(r.dir, previous)); err == nil {
		if inode := older.Sys().(*syscall.Stat_t).Ino; inode != r.at.Inode {
			next = inode
		}
	}
	r.file.Close()
	r.file, r.at = nil, Position{Inode: next}
	return true
}

// Close closes the file.
func (r *Reader) Close() {
	if r.file != nil {
		r.file.Close()
		r.file = nil
	}
}

func inodeOf(file *os.File) uint64 {
	info, err := file.Stat()
	if err != nil {
		return 0
	}
	return info.Sys().(*syscall.Stat_t).Ino
}
