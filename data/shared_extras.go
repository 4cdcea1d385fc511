package data

import (
	"strings"
	"sync"
)

// sharedExtras lets rows that say the same in the columns which a form does not know have one map of it: a map of its own for each of
// 100,000 rows takes some 35 MB. It is safe for several rows at a time; the maps are only read.
type sharedExtras struct {
	mutex sync.Mutex
	known map[string]map[string]string // by the cells' texts
}

// of gives extra, or an equal one that another row has; cells are what it was made of.
func (s *sharedExtras) of(extra map[string]string, cells []SourceCell) map[string]string {
	if len(extra) == 0 {
		return extra
	}
	var key strings.Builder
	for _, cell := range cells {
		key.WriteByte(byte(cell.Kind))
		key.WriteString(cell.Text)
		key.WriteByte(0)
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if known, met := s.known[key.String()]; met {
		return known
	}
	if len(s.known) < mostShared {
		if s.known == nil {
			s.known = map[string]map[string]string{}
		}
		s.known[key.String()] = extra
	}
	return extra
}
