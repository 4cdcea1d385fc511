package vault

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var cheap = Cost{Time: 1, Memory: 64, Threads: 1}

func newVault(t interface{ Fatal(...any) }) *Vault {
	v, err := New(NewKey())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealOpensOnlyInItsPlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newVault(t)
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed := v.Seal(plain, "trainee/1/mobile")
		if len(plain) > 3 && bytes.Contains(sealed, plain) {
			t.Fatal("the plain value stands in the sealed one")
		}
		got, err := v.Open(sealed, "trainee/1/mobile")
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("open: %q, %v", got, err)
		}
		if _, err := v.Open(sealed, "trainee/2/mobile"); !errors.Is(err, ErrSealBroken) {
			t.Fatalf("moved to another row: %v", err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1
		if _, err := v.Open(sealed, "trainee/1/mobile"); !errors.Is(err, ErrSealBroken) {
			t.Fatalf("altered: %v", err)
		}
		if _, err := newVault(t).Open(sealed, "trainee/1/mobile"); !errors.Is(err, ErrSealBroken) {
			t.Fatalf("under another key: %v", err)
		}
	})
}

func TestOpenRefusesShortValues(t *testing.T) {
	v := newVault(t)
	for length := range 30 {
		if _, err := v.Open(make([]byte, length), "x"); !errors.Is(err, ErrSealBroken) {
			t.Fatalf("%d bytes: %v", length, err)
		}
	}
}

func TestIndexKeepsFieldsAndKeysApart(t *testing.T) {
	v, other := newVault(t), newVault(t)
	if !bytes.Equal(v.Index("id", "1"), v.Index("id", "1")) {
		t.Error("the same value has two indexes")
	}
	for name, index := range map[string][]byte{
		"another value": v.Index("id", "2"), "another field": v.Index("mobile", "1"),
		"another key": other.Index("id", "1"), "a shifted border": v.Index("i", "d1"),
	} {
		if bytes.Equal(v.Index("id", "1"), index) {
			t.Errorf("%s has the same index", name)
		}
	}
}

func TestWrap(t *testing.T) {
	key := NewKey()
	wrapped, err := Wrap(key, "口令 one", "administrator/1", cheap)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := wrapped.Unwrap("口令 one", "administrator/1"); err != nil || !bytes.Equal(got, key) {
		t.Errorf("right password: %v", err)
	}
	if _, err := wrapped.Unwrap("口令 two", "administrator/1"); !errors.Is(err, ErrSealBroken) {
		t.Errorf("wrong password: %v", err)
	}
	if _, err := wrapped.Unwrap("口令 one", "administrator/2"); !errors.Is(err, ErrSealBroken) {
		t.Errorf("somebody else's wrap: %v", err)
	}
	wrapped.Cost.Memory = 1 << 31
	if _, err := wrapped.Unwrap("口令 one", "administrator/1"); !errors.Is(err, ErrSealBroken) {
		t.Errorf("doctored cost: %v", err)
	}
}

func TestRecoveryKeySurvivesTyping(t *testing.T) {
	for range 200 {
		key := NewRecoveryKey()
		if len(key) != 39 {
			t.Fatalf("%q is not eight groups of four", key)
		}
		typed := strings.NewReplacer("-", "　", "0", "o", "1", "l").Replace(strings.ToLower(key))
		if got, ok := NormalizeRecoveryKey(" " + typed); !ok || got != key {
			t.Fatalf("%q typed as %q became %q", key, typed, got)
		}
	}
	for _, wrong := range []string{"", "ABCD", strings.Repeat("A", 33), strings.Repeat("U", 32), "中文中文中文中文"} {
		if _, ok := NormalizeRecoveryKey(wrong); ok {
			t.Errorf("%q was taken", wrong)
		}
	}
}

func TestMask(t *testing.T) {
	for _, c := range []struct{ name, got, want string }{
		{"resident ID", MaskIDNumber("110101199003070011"), "110101********0011"},
		{"passport", MaskIDNumber("E12345678"), "E1*****78"},
		{"short document", MaskIDNumber("AB12"), "****"},
		{"no document", MaskIDNumber(""), ""},
		{"mobile", MaskMobile("13800000417"), "138****0417"},
		{"short telephone", MaskMobile("8429"), "****"},
		{"account", MaskAccount("110060593018800003058"), "*****************3058"},
		{"account with hanzi", MaskAccount("农行6228480402564890018"), "*****************0018"},
		{"short account", MaskAccount("123"), "***"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestWrapPair(t *testing.T) {
	key, other := NewKey(), NewKey()
	wrapped, public, err := WrapPair(key, "口令 one", "key/1", cheap)
	if err != nil {
		t.Fatal(err)
	}
	opens := func(name string, w Wrapped, secret, identity string, want []byte) {
		t.Helper()
		got, err := w.Unwrap(secret, identity)
		if want == nil && !errors.Is(err, ErrSealBroken) || want != nil && (err != nil || !bytes.Equal(got, want)) {
			t.Errorf("%s: %x, %v", name, got, err)
		}
	}
	opens("right password", wrapped, "口令 one", "key/1", key)
	opens("wrong password", wrapped, "口令 two", "key/1", nil)
	opens("somebody else's wrap", wrapped, "口令 one", "key/2", nil)
	changed, err := wrapped.Rewrap("口令 one", "口令 two", "key/1", cheap)
	if err != nil {
		t.Fatal(err)
	}
	opens("new password", changed, "口令 two", "key/1", key)
	opens("old password", changed, "口令 one", "key/1", nil)
	delivered, err := changed.Deliver(other, public, "key/1")
	if err != nil {
		t.Fatal(err)
	}
	opens("another data key", delivered, "口令 two", "key/1", other)
	if _, err := wrapped.Rewrap("口令 two", "x", "key/1", cheap); !errors.Is(err, ErrSealBroken) {
		t.Errorf("rewrapped with a wrong password: %v", err)
	}
	_, stranger, _ := WrapPair(key, "x", "key/1", cheap)
	foreign, _ := wrapped.Deliver(other, stranger, "key/1")
	opens("handed over to somebody else", foreign, "口令 one", "key/1", nil)
	damaged := wrapped
	damaged.Salt = bytes.Clone(wrapped.Salt)
	damaged.Salt[3] ^= 1
	if damaged.Sum() == wrapped.Sum() {
		t.Error("the checksum does not tell a flipped bit")
	}
}
