package ladder

import (
	"sync"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/clock"
)

// Published is one version of a ladder as it was published.
type Published struct {
	ID            uuid.UUID
	Rubric        Rubric
	EffectiveFrom clock.Date
	Hash          string // SHA-256 of the canonical document, hex
	changes       *sync.Map
}

// NewPublished returns a version without its rubric.
func NewPublished(id uuid.UUID, from clock.Date, hash string) Published {
	return Published{ID: id, EffectiveFrom: from, Hash: hash, changes: &sync.Map{}}
}

// Changes is DiffCells of a competency between two levels. It is computed once,
// because a published version never changes.
func (p Published) Changes(c Competency, base, level string) []Segment {
	key := [3]string{c.Code, base, level}
	if known, ok := p.changes.Load(key); ok {
		return known.([]Segment) //nolint:forcetypeassert // nothing else is stored
	}
	segments := DiffCells(c.Cell(base), c.Cell(level))
	p.changes.Store(key, segments)
	return segments
}

// Newer is the version that replaced an older one, and what happened to the
// sentences between them.
type Newer struct {
	Published Published
	Moves     []Move
}
