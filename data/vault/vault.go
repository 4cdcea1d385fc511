// Package vault keeps keys, encrypts fields and pictures, and masks what lists show.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"sync"
)

// KeySize is the length of the data key in bytes (AES-256).
const KeySize = 32

// ErrSealBroken tells that a sealed value was altered, moved to another row or sealed under another key.
var ErrSealBroken = errors.New("sealed value does not open")

// Vault seals and opens personal values under one data key. It is safe for concurrent use.
type Vault struct {
	aead   cipher.AEAD
	backup []byte
	name   string
	hashes sync.Pool // of hash.Hash, keyed: setting a key up costs more than hashing a value
}

// NewKey makes a random data key of KeySize bytes.
func NewKey() []byte {
	key := make([]byte, KeySize)
	rand.Read(key) // crypto/rand.Read never fails since Go 1.24
	return key
}

// New makes a vault from a data key of KeySize bytes. Values and lookups use keys derived apart (HKDF, RFC 5869).
func New(key []byte) (*Vault, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("data key of %d bytes, want %d", len(key), KeySize)
	}
	sealKey, err := hkdf.Key(sha256.New, key, nil, "peixun seal", KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive seal key: %w", err)
	}
	indexKey, err := hkdf.Key(sha256.New, key, nil, "peixun index", KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive index key: %w", err)
	}
	backupKey, err := hkdf.Key(sha256.New, key, nil, "peixun backup", KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive backup key: %w", err)
	}
	name, err := hkdf.Key(sha256.New, key, nil, "peixun key name", nameSize)
	if err != nil {
		return nil, fmt.Errorf("derive name: %w", err)
	}
	aead, err := newGCM(sealKey)
	if err != nil {
		return nil, err
	}
	v := &Vault{aead: aead, backup: backupKey, name: hex.EncodeToString(name)}
	v.hashes.New = func() any { return hmac.New(sha256.New, indexKey) }
	return v, nil
}

// BackupKey is the key of KeySize bytes under which backup files are encrypted. It opens no sealed value: these stay sealed inside a
// backup, so a program that is locked may keep it.
func (v *Vault) BackupKey() []byte { return v.backup }

// nameSize is the length of a data key's name in bytes.
const nameSize = 8

// Name tells one data key from another without telling anything of the key.
func (v *Vault) Name() string { return v.name }

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("cipher mode: %w", err)
	}
	return aead, nil
}

// Seal encrypts plain with AES-256-GCM; identity, such as "trainee/12/mobile", is authenticated with it,
// so that a value copied into another row or column does not open. The result is nonce, ciphertext, tag.
func (v *Vault) Seal(plain []byte, identity string) []byte {
	return seal(v.aead, plain, identity)
}

func seal(aead cipher.AEAD, plain []byte, identity string) []byte {
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(plain)+aead.Overhead())
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, plain, []byte(identity))
}

// Open decrypts what Seal made under the same identity, or fails with ErrSealBroken.
func (v *Vault) Open(sealed []byte, identity string) ([]byte, error) {
	return open(v.aead, sealed, identity)
}

func open(aead cipher.AEAD, sealed []byte, identity string) ([]byte, error) {
	if len(sealed) < aead.NonceSize() {
		return nil, ErrSealBroken
	}
	plain, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], []byte(identity))
	if err != nil {
		return nil, ErrSealBroken
	}
	return plain, nil
}

// indexSize is the length of a lookup index in bytes: 128 bits keep accidental matches out of reach.
const indexSize = 16

// Index gives the keyed hash under which a value is looked up and kept unique without being readable.
// field keeps equal values of different columns apart.
func (v *Vault) Index(field, value string) []byte {
	mac := v.hashes.Get().(hash.Hash)
	defer v.hashes.Put(mac)
	mac.Reset()
	sum := make([]byte, 0, sha256.Size)
	sum = append(append(append(sum, field...), 0), value...)
	mac.Write(sum)
	return mac.Sum(sum[:0])[:indexSize:indexSize]
}
