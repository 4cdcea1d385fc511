package bundle

import (
	"encoding/json"

	"peixun/data"
)

// Schema is the version of the manifest's shape.
const Schema = 1

// Manifest is manifest.json, the last file of a package. It holds nothing personal.
type Manifest struct {
	Schema     int                    `json:"schema"`
	Number     string                 `json:"number"` // BP-2022-0001
	Unit       string                 `json:"unit"`
	Plan       string                 `json:"plan"` // its number
	PlanName   string                 `json:"plan_name"`
	At         data.Moment            `json:"at"`
	Everything bool                   `json:"everything"` // not only what had changed since the package before
	Previous   *Previous              `json:"previous"`   // the package before; null for the first
	Counts     []data.SubmissionCount `json:"counts"`     // one for each sheet
	Files      []Entry                `json:"files"`      // all but the manifest itself, in the zip's order
	// Seal is made of all else under the unit's own data key, in hexadecimal digits: without the key nobody can write a manifest for
	// other files that the unit's program would take.
	Seal string `json:"seal"`
}

// Previous names the package before, so that a missing one is noticed.
type Previous struct {
	Number string `json:"number"`
	SHA256 string `json:"sha256"` // of the whole zip
}

// Entry is one file of a package.
type Entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes
	SHA256 string `json:"sha256"` // hexadecimal digits
}

// Sealer makes the seal of a manifest's bytes; "" where it cannot.
type Sealer func(unsealed []byte) string

// sealed gives the manifest's text with its seal.
func (m Manifest) sealed(seal Sealer) ([]byte, error) {
	unsealed, err := m.unsealed()
	if err != nil {
		return nil, err
	}
	if m.Seal = seal(unsealed); m.Seal == "" {
		return nil, data.ErrLocked
	}
	return m.text()
}

func (m Manifest) text() ([]byte, error) { return json.MarshalIndent(m, "", "  ") }

// unsealed gives what the seal is made of.
func (m Manifest) unsealed() ([]byte, error) {
	m.Seal = ""
	return json.Marshal(m)
}

// SealedBy tells whether the manifest carries the seal that a key's owner would give it.
func (m Manifest) SealedBy(seal Sealer) bool {
	unsealed, err := m.unsealed()
	return err == nil && m.Seal != "" && m.Seal == seal(unsealed)
}
