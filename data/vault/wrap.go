package vault

import (
	"crypto/rand"
	"encoding/base32"
	"strings"

	"golang.org/x/crypto/argon2"
)

// Cost is what one guess of a password costs (argon2id, RFC 9106).
type Cost struct {
	Time    uint32 // passes
	Memory  uint32 // KiB
	Threads uint8
}

// DefaultCost takes about 0.2 s on an office machine.
var DefaultCost = Cost{Time: 3, Memory: 64 * 1024, Threads: 2}

// maxMemory bounds the cost read from a file, so that a doctored one cannot eat the machine: 1 GiB.
const maxMemory = 1 << 20

const saltSize = 16

// Wrapped is the data key sealed under a secret: an administrator's password or the recovery key.
type Wrapped struct {
	Cost    Cost
	Salt    []byte
	Private []byte `json:",omitempty"` // the private key of a pair under the secret; none where the secret seals the data key itself
	Sealed  []byte
}

// Wrap seals the data key under secret. identity says whose wrap it is and is authenticated with it.
func Wrap(key []byte, secret, identity string, cost Cost) (Wrapped, error) {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	aead, err := newGCM(stretch(secret, salt, cost))
	if err != nil {
		return Wrapped{}, err
	}
	return Wrapped{Cost: cost, Salt: salt, Sealed: seal(aead, key, identity)}, nil
}

// Unwrap gives the data key back, or ErrSealBroken where the secret is wrong.
func (w Wrapped) Unwrap(secret, identity string) ([]byte, error) {
	if w.Cost.Time == 0 || w.Cost.Threads == 0 || w.Cost.Memory > maxMemory {
		return nil, ErrSealBroken
	}
	if w.Paired() {
		return w.unwrapPair(secret, identity)
	}
	aead, err := newGCM(stretch(secret, w.Salt, w.Cost))
	if err != nil {
		return nil, err
	}
	return open(aead, w.Sealed, identity)
}

func stretch(secret string, salt []byte, cost Cost) []byte {
	return argon2.IDKey([]byte(secret), salt, cost.Time, cost.Memory, cost.Threads, KeySize)
}

// recoveryBytes is the recovery key's strength: 160 bits, which writes as 32 letters.
const recoveryBytes = 20

// recoveryAlphabet is Crockford's: no I, L, O or U, which are misread on paper.
var recoveryAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// misread maps what people type to what was printed.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "　", "", "\t", "")

// NewRecoveryKey makes a random recovery key of eight groups of four characters.
func NewRecoveryKey() string {
	raw := make([]byte, recoveryBytes)
	rand.Read(raw)
	return groupKey(recoveryAlphabet.EncodeToString(raw))
}

// NormalizeRecoveryKey brings a typed recovery key into the form of NewRecoveryKey: case, spaces and
// misread letters do not matter. ok is false where it cannot be a recovery key.
func NormalizeRecoveryKey(typed string) (key string, ok bool) {
	text := misread.Replace(strings.ToUpper(typed))
	raw, err := recoveryAlphabet.DecodeString(text)
	if err != nil || len(raw) != recoveryBytes || len(text) != recoveryAlphabet.EncodedLen(recoveryBytes) {
		return "", false
	}
	return groupKey(text), true
}

func groupKey(text string) string {
	var groups []string
	for ; text != ""; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(groups, "-")
}
