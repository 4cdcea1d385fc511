package excel

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
)

// errCompound stands behind every complaint about a compound file ([MS-CFB]), the container of .xls.
var errCompound = errors.New("damaged compound file")

// Places and values of [MS-CFB] 2.2 and 2.6.
const (
	cfbHeaderSize    = 512
	cfbHeaderFAT     = 109 // the FAT's sectors that the header itself lists
	cfbEntrySize     = 128
	cfbLastSector    = 0xFFFFFFFA // above are marks: free, end of chain, FAT, DIFAT
	cfbEndOfChain    = 0xFFFFFFFE
	cfbNoEntry       = 0xFFFFFFFF
	cfbStorage       = 1
	cfbStream        = 2
	cfbMaxEntries    = 100_000
	cfbSmallestShift = 7
	cfbLargestShift  = 12
)

// compound is an OLE2 compound file held in memory.
type compound struct {
	content  []byte
	shift    uint
	fat      []uint32
	small    []byte // the stream that holds the small streams
	smallFAT []uint32
	smallTo  uint32 // streams shorter than this are small
	smallBit uint
	entries  []cfbEntry
}

type cfbEntry struct {
	name               string
	kind               byte
	left, right, child uint32
	start              uint32
	size               uint64
}

func openCompound(content []byte) (*compound, error) {
	if len(content) < cfbHeaderSize {
		return nil, fmt.Errorf("%w: %d bytes", errCompound, len(content))
	}
	word := func(at int) uint32 { return binary.LittleEndian.Uint32(content[at:]) }
	c := &compound{content: content, shift: uint(binary.LittleEndian.Uint16(content[30:])),
		smallBit: uint(binary.LittleEndian.Uint16(content[32:])), smallTo: word(56)}
	if c.shift < cfbSmallestShift || c.shift > cfbLargestShift || c.smallBit >= c.shift || c.smallBit < 4 {
		return nil, fmt.Errorf("%w: sectors of 2^%d and 2^%d bytes", errCompound, c.shift, c.smallBit)
	}
	if err := c.readFAT(word(68)); err != nil {
		return nil, err
	}
	directory, err := c.chain(word(48), -1)
	if err != nil {
		return nil, err
	}
	if err := c.readEntries(directory); err != nil {
		return nil, err
	}
	return c, c.readSmall(word(60))
}

// sector gives a sector's bytes; the file's last one may be short.
func (c *compound) sector(number uint32) ([]byte, error) {
	from := (uint64(number) + 1) << c.shift
	if number > cfbLastSector || from >= uint64(len(c.content)) {
		return nil, fmt.Errorf("%w: no sector %d", errCompound, number)
	}
	return c.content[from:min(from+1<<c.shift, uint64(len(c.content)))], nil
}

// readFAT gathers the chains' table from the sectors that the header and the DIFAT list.
func (c *compound) readFAT(next uint32) error {
	places := c.content[76 : 76+4*cfbHeaderFAT]
	for sectors := 0; ; sectors++ {
		for ; len(places) >= 4; places = places[4:] {
			number := binary.LittleEndian.Uint32(places)
			if number > cfbLastSector {
				continue
			}
			table, err := c.sector(number)
			if err != nil {
				return err
			}
			if uint64(len(c.fat)) > uint64(len(c.content))>>c.shift+1<<c.shift {
				return fmt.Errorf("%w: the table is longer than the file", errCompound)
			}
			c.fat = appendWords(c.fat, table)
		}
		if next > cfbLastSector {
			return nil
		}
		table, err := c.sector(next)
		if err != nil {
			return err
		}
		if len(table) < 1<<c.shift || sectors > len(c.content)>>c.shift {
			return fmt.Errorf("%w: the DIFAT is cut or goes in circles", errCompound)
		}
		places, next = table[:len(table)-4], binary.LittleEndian.Uint32(table[len(table)-4:])
	}
}

func appendWords(words []uint32, raw []byte) []uint32 {
	for ; len(raw) >= 4; raw = raw[4:] {
		words = append(words, binary.LittleEndian.Uint32(raw))
	}
	return words
}

// chain gives the bytes of a chain of sectors, exactly size of them, or all where size is negative.
// A chain that lies in one piece is not copied.
func (c *compound) chain(start uint32, size int64) ([]byte, error) {
	if size == 0 {
		return nil, nil
	}
	var sectors []uint32
	straight := true
	for at := start; at != cfbEndOfChain && (size < 0 || int64(len(sectors))<<c.shift < size); at = c.fat[at] {
		if uint64(at) >= uint64(len(c.fat)) || len(sectors) > len(c.content)>>c.shift {
			return nil, fmt.Errorf("%w: a chain leads nowhere or in circles", errCompound)
		}
		straight = straight && at == start+uint32(len(sectors))
		sectors = append(sectors, at)
	}
	if straight && size > 0 {
		from := (int64(start) + 1) << c.shift
		if from+size > int64(len(c.content)) || int64(len(sectors))<<c.shift < size {
			return nil, fmt.Errorf("%w: a stream ends early", errCompound)
		}
		return c.content[from : from+size], nil
	}
	var out []byte
	for _, number := range sectors {
		piece, err := c.sector(number)
		if err != nil {
			return nil, err
		}
		out = append(out, piece...)
	}
	if size < 0 {
		return out, nil
	}
	if int64(len(out)) < size {
		return nil, fmt.Errorf("%w: a stream ends early", errCompound)
	}
	return out[:size], nil
}

func (c *compound) readEntries(directory []byte) error {
	for ; len(directory) >= cfbEntrySize; directory = directory[cfbEntrySize:] {
		if len(c.entries) >= cfbMaxEntries {
			return fmt.Errorf("%w: too many entries", errCompound)
		}
		length := int(binary.LittleEndian.Uint16(directory[64:]))
		if length > 64 {
			return fmt.Errorf("%w: an entry's name", errCompound)
		}
		var name []uint16
		for at := 0; at+2 < length; at += 2 {
			name = append(name, binary.LittleEndian.Uint16(directory[at:]))
		}
		entry := cfbEntry{name: string(utf16.Decode(name)), kind: directory[66],
			left: binary.LittleEndian.Uint32(directory[68:]), right: binary.LittleEndian.Uint32(directory[72:]),
			child: binary.LittleEndian.Uint32(directory[76:]), start: binary.LittleEndian.Uint32(directory[116:]),
			size: binary.LittleEndian.Uint64(directory[120:])}
		if c.shift < cfbLargestShift { // version 3 leaves the upper half undefined
			entry.size &= 0xFFFFFFFF
		}
		c.entries = append(c.entries, entry)
	}
	if len(c.entries) == 0 {
		return fmt.Errorf("%w: no directory", errCompound)
	}
	return nil
}

// readSmall gathers the stream and the table of the small streams.
func (c *compound) readSmall(start uint32) error {
	root := c.entries[0]
	if root.size > uint64(len(c.content)) {
		return fmt.Errorf("%w: small streams of %d bytes", errCompound, root.size)
	}
	var err error
	if c.small, err = c.chain(root.start, int64(root.size)); err != nil {
		return err
	}
	if start > cfbLastSector {
		return nil
	}
	table, err := c.chain(start, -1)
	c.smallFAT = appendWords(nil, table)
	return err
}

// find gives the place among the entries of a stream or storage right below the root, or false.
func (c *compound) find(name string) (cfbEntry, bool) {
	todo, seen := []uint32{c.entries[0].child}, 0
	for len(todo) > 0 && seen <= len(c.entries) {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if at == cfbNoEntry || uint64(at) >= uint64(len(c.entries)) {
			continue
		}
		seen++
		entry := c.entries[at]
		if strings.EqualFold(entry.name, name) && (entry.kind == cfbStream || entry.kind == cfbStorage) {
			return entry, true
		}
		todo = append(todo, entry.right, entry.left)
	}
	return cfbEntry{}, false
}

// stream gives a stream's bytes.
func (c *compound) stream(entry cfbEntry) ([]byte, error) {
	if entry.size > uint64(len(c.content)) {
		return nil, fmt.Errorf("%w: a stream of %d bytes", errCompound, entry.size)
	}
	if entry.size >= uint64(c.smallTo) {
		return c.chain(entry.start, int64(entry.size))
	}
	out := make([]byte, 0, entry.size)
	for at, steps := entry.start, 0; len(out) < int(entry.size); steps++ {
		from := uint64(at) << c.smallBit
		if uint64(at) >= uint64(len(c.smallFAT)) || from >= uint64(len(c.small)) || steps > len(c.smallFAT) {
			return nil, fmt.Errorf("%w: a small stream ends early", errCompound)
		}
		out = append(out, c.small[from:min(from+1<<c.smallBit, uint64(len(c.small)))]...)
		at = c.smallFAT[at]
	}
	return out[:entry.size], nil
}
