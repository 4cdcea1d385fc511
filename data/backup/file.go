package backup

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
)

// Write writes a backup file: header, and content encrypted under a database's backup key. The header's Size and SHA256 must be the
// content's; its Salt is made here. Memory does not grow with the content.
func Write(w io.Writer, header Header, key []byte, content io.Reader) error {
	header.Salt = make([]byte, saltSize)
	rand.Read(header.Salt)
	opening, err := header.opening()
	if err != nil {
		return fmt.Errorf("write header: %w", err)
	}
	aead, err := header.fileKey(key)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(opening)
	if _, err := w.Write(aead.Seal(append(opening, sum[:]...), nonce(0, nonceHeader), nil, opening)); err != nil {
		return err
	}
	return writeChunks(w, aead, content)
}

func writeChunks(w io.Writer, aead cipher.AEAD, content io.Reader) error {
	plain := make([]byte, chunkSize)
	sealed := make([]byte, 0, chunkSize+sealSize)
	for number := uint64(1); ; number++ {
		count, err := io.ReadFull(content, plain)
		kind := nonceChunk
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			kind = nonceLast
		case err != nil:
			return err
		}
		if _, err := w.Write(aead.Seal(sealed, nonce(number, kind), plain[:count], nil)); err != nil {
			return err
		}
		if kind == nonceLast {
			return nil
		}
	}
}

// File is a backup that is being read.
type File struct {
	Header  Header
	opening []byte
	rest    io.Reader
}

// Open reads a backup's header. What is wrong with the file comes as a data.Problem: backup-foreign, backup-newer, backup-damaged,
// backup-truncated or backup-unreadable.
func Open(r io.Reader) (*File, error) {
	opening, header, err := readOpening(r)
	if err != nil {
		return nil, err
	}
	return &File{header, opening, r}, nil
}

// Size is the length in bytes that the whole file must have.
func (f *File) Size() int64 {
	content := f.Header.Size
	return int64(len(f.opening)) + sha256.Size + sealSize + content + (content/chunkSize+1)*sealSize
}

// CopyTo writes the database that the backup holds, and fails like Open, or with w's error, where it is not whole and unaltered; what
// was written then is worth nothing. It can be called once.
func (f *File) CopyTo(w io.Writer, key []byte) error {
	aead, err := f.Header.fileKey(key)
	if err != nil {
		return err
	}
	seal := make([]byte, sealSize)
	if _, err := io.ReadFull(f.rest, seal); err != nil {
		return truncated(err)
	}
	if _, err := aead.Open(nil, nonce(0, nonceHeader), seal, f.opening); err != nil {
		return damaged(fmt.Errorf("header's seal: %w", err))
	}
	sum := sha256.New()
	size, err := readChunks(io.MultiWriter(w, sum), aead, f.rest, f.Header.Size)
	if err != nil {
		return err
	}
	if size != f.Header.Size || !bytes.Equal(sum.Sum(nil), f.Header.SHA256) {
		return damaged(errors.New("the content is another than the header says"))
	}
	return nil
}

func readChunks(w io.Writer, aead cipher.AEAD, r io.Reader, want int64) (size int64, err error) {
	sealed := make([]byte, chunkSize+sealSize)
	plain := make([]byte, 0, chunkSize)
	for number := uint64(1); ; number++ {
		count, err := io.ReadFull(r, sealed)
		kind := nonceChunk
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			kind = nonceLast
		case err != nil:
			return size, unreadable(err)
		}
		opened, err := aead.Open(plain, nonce(number, kind), sealed[:count], nil)
		switch {
		case err != nil && kind == nonceLast && size+int64(max(count-sealSize, 0)) < want:
			return size, truncated(err)
		case err != nil:
			return size, damaged(fmt.Errorf("chunk %d: %w", number, err))
		}
		if _, err := w.Write(opened); err != nil {
			return size, err
		}
		if size += int64(len(opened)); kind == nonceLast {
			return size, nil
		}
	}
}
