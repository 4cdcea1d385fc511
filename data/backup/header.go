package backup

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"peixun/data"
	"peixun/data/vault"
)

// Magic begins every backup file; the number at its end is the format's version.
const Magic = "PEIXUN-BACKUP-1\n"

// magicStem is what files of every version begin with.
const magicStem = "PEIXUN-BACKUP-"

const (
	largestHeader = 1 << 20 // bytes
	saltSize      = 16
	mostWraps     = 64
	chunkSize     = 64 << 10
	sealSize      = 16 // of AES-GCM
)

// Header says what a backup holds. It is not encrypted, holds nothing personal, and cannot be altered without being noticed.
type Header struct {
	Schema   int               `json:"schema"`   // the number of the database's last migration
	Program  string            `json:"program"`  // the version of the program that wrote it
	Database string            `json:"database"` // which database: equal for all backups of one
	Unit     string            `json:"unit"`     // 单位全称
	At       data.Moment       `json:"at"`       // when the copy was taken
	Reason   data.BackupReason `json:"reason"`
	State    data.StoredState  `json:"state"`
	Counts   data.BackupCounts `json:"counts"`
	Broken   []string          `json:"broken"` // what 数据体检 found wrong with the money, by name
	Size     int64             `json:"size"`   // bytes of the database
	SHA256   []byte            `json:"sha256"` // of the database
	Salt     []byte            `json:"salt"`
	Wraps    []Wrap            `json:"wraps"`
}

// Wrap is the data key under one administrator's password, or under the recovery key, as the database had it.
type Wrap struct {
	Administrator int64         `json:"administrator"`
	User          string        `json:"user"`
	Key           vault.Wrapped `json:"key"`
}

// fileKey gives the cipher of one file.
func (h Header) fileKey(key []byte) (cipher.AEAD, error) {
	own, err := hkdf.Key(sha256.New, key, h.Salt, "peixun backup file", vault.KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive file key: %w", err)
	}
	block, err := aes.NewCipher(own)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	return cipher.NewGCM(block)
}

// DatabaseOf names the database that a backup key belongs to, without telling anything of the key.
func DatabaseOf(key []byte) (string, error) {
	name, err := hkdf.Key(sha256.New, key, nil, "peixun backup name", saltSize)
	return fmt.Sprintf("%x", name[:min(len(name), 4)]), err
}

// What a nonce is for.
const (
	nonceHeader byte = iota
	nonceChunk
	nonceLast
)

func nonce(number uint64, kind byte) []byte {
	bytes := make([]byte, 12)
	binary.BigEndian.PutUint64(bytes[3:], number)
	bytes[11] = kind
	return bytes
}

// opening is the header with what stands before it.
func (h Header) opening() ([]byte, error) {
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	if len(text) > largestHeader {
		return nil, fmt.Errorf("header of %d bytes", len(text))
	}
	return append(binary.BigEndian.AppendUint32([]byte(Magic), uint32(len(text))), text...), nil
}

// readOpening reads a header with what stands before it and its SHA-256.
func readOpening(r io.Reader) (opening []byte, header Header, err error) {
	opening = make([]byte, len(Magic)+4)
	if _, err := io.ReadFull(r, opening); err != nil || string(opening[:len(Magic)]) != Magic {
		return nil, Header{}, unknown(opening, err)
	}
	length := binary.BigEndian.Uint32(opening[len(Magic):])
	if length > largestHeader {
		return nil, Header{}, damaged(fmt.Errorf("header of %d bytes", length))
	}
	rest := make([]byte, int(length)+sha256.Size)
	if _, err := io.ReadFull(r, rest); err != nil {
		return nil, Header{}, truncated(err)
	}
	opening = append(opening, rest[:length]...)
	if sum := sha256.Sum256(opening); !bytes.Equal(sum[:], rest[length:]) {
		return nil, Header{}, damaged(errors.New("header's SHA-256"))
	}
	decoder := json.NewDecoder(bytes.NewReader(rest[:length]))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&header); err != nil {
		return nil, Header{}, damaged(fmt.Errorf("header: %w", err))
	}
	if header.At.Time().IsZero() || header.Size < 0 || len(header.SHA256) != sha256.Size || len(header.Salt) != saltSize {
		return nil, Header{}, damaged(errors.New("header's fields"))
	}
	if len(header.Wraps) > mostWraps || slices.ContainsFunc(header.Wraps, func(wrap Wrap) bool { return !cheap(wrap.Key.Cost) }) {
		return nil, Header{}, damaged(errors.New("header's wraps"))
	}
	return opening, header, nil
}

// cheap keeps a doctored header from having a password stretched for hours: four times what the program asks for is enough.
func cheap(cost vault.Cost) bool {
	const most = 4
	return cost.Time <= most*vault.DefaultCost.Time && cost.Memory <= most*vault.DefaultCost.Memory
}

func unknown(opening []byte, err error) error {
	switch {
	case err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF):
		return unreadable(err)
	case err == nil && bytes.HasPrefix(opening, []byte(magicStem)):
		return data.Refuse("backup-newer", "", "这个备份是更新版本的程序做的。", "请安装新版本后再恢复；备份没有改动。")
	}
	return data.Refuse("backup-foreign", "", "这不是本程序的备份文件。", "请选择扩展名为 "+data.BackupExtension+" 的备份文件。").Because(err)
}

func damaged(cause error) error {
	return data.Refuse("backup-damaged", "", "这个备份文件损坏了，或者被改动过，不能使用。", "请换一个备份；现在的数据没有改动。").Because(cause)
}

func truncated(cause error) error {
	return data.Refuse("backup-truncated", "", "这个备份文件不完整，后面的内容没有了。", "可能是没有复制完，请重新复制，或换一个备份；现在的数据没有改动。").Because(cause)
}

func unreadable(cause error) error {
	return data.Refuse("backup-unreadable", "", "备份文件读不出来。", "请检查 U 盘或磁盘是否还连着，或换一个备份；现在的数据没有改动。").Because(cause)
}
