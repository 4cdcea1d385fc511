package vault

import (
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// An administrator's wrap has two steps: the password seals a private key of the administrator's own, and the data key is sealed to the
// public key that belongs to it (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). So somebody else can hand over another data key
// without knowing the password.

// WrapPair makes a pair of keys, seals the private one under secret and the data key to the public one. identity says whose wrap it is
// and is authenticated with both.
func WrapPair(key []byte, secret, identity string, cost Cost) (wrapped Wrapped, public []byte, err error) {
	private, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return Wrapped{}, nil, fmt.Errorf("make pair of keys: %w", err)
	}
	wrapped, err = Wrap(private.Bytes(), secret, identity, cost)
	if err != nil {
		return Wrapped{}, nil, err
	}
	public = private.PublicKey().Bytes()
	wrapped.Private, wrapped.Sealed = wrapped.Sealed, nil
	wrapped, err = wrapped.Deliver(key, public, identity)
	return wrapped, public, err
}

// Deliver gives the wrap with another data key, for whoever has the private key that public belongs to.
func (w Wrapped) Deliver(key, public []byte, identity string) (Wrapped, error) {
	receiver, err := ecdh.X25519().NewPublicKey(public)
	if err != nil {
		return Wrapped{}, fmt.Errorf("public key: %w", err)
	}
	sealedTo, err := hpke.NewDHKEMPublicKey(receiver)
	if err != nil {
		return Wrapped{}, fmt.Errorf("public key: %w", err)
	}
	w.Sealed, err = hpke.Seal(sealedTo, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(identity), key)
	return w, err
}

// Rewrap gives the wrap under another secret: the same pair of keys, the same data key.
func (w Wrapped) Rewrap(old, fresh, identity string, cost Cost) (Wrapped, error) {
	private, err := w.own(old, identity)
	if err != nil {
		return Wrapped{}, err
	}
	under, err := Wrap(private, fresh, identity, cost)
	if err != nil {
		return Wrapped{}, err
	}
	under.Private, under.Sealed = under.Sealed, w.Sealed
	return under, nil
}

// Paired tells whether the wrap has a pair of keys; those made by the first versions have none.
func (w Wrapped) Paired() bool { return len(w.Private) > 0 }

// own opens the private key.
func (w Wrapped) own(secret, identity string) ([]byte, error) {
	under := w
	under.Sealed, under.Private = w.Private, nil
	return under.Unwrap(secret, identity)
}

func (w Wrapped) unwrapPair(secret, identity string) ([]byte, error) {
	own, err := w.own(secret, identity)
	if err != nil {
		return nil, err
	}
	private, err := ecdh.X25519().NewPrivateKey(own)
	if err != nil {
		return nil, ErrSealBroken
	}
	opener, err := hpke.NewDHKEMPrivateKey(private)
	if err != nil {
		return nil, ErrSealBroken
	}
	key, err := hpke.Open(opener, hpke.HKDFSHA256(), hpke.AES256GCM(), []byte(identity), w.Sealed)
	if err != nil {
		return nil, fmt.Errorf("%w: the data key that was handed over", ErrSealBroken)
	}
	return key, nil
}

// Sum is a checksum over the wrap, by which a damaged one is told from a wrong secret.
func (w Wrapped) Sum() string {
	text := fmt.Appendf(nil, "%d/%d/%d/%x/%x/%x", w.Cost.Time, w.Cost.Memory, w.Cost.Threads, w.Salt, w.Private, w.Sealed)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
