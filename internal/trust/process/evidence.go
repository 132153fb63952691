package process

import (
	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// EvidenceRef is a piece of evidence as a rating, a claim or a card refers to it.
type EvidenceRef struct {
	ID           uuid.UUID   `json:"id"`
	Title        string      `json:"title"`
	HappenedFrom clock.Date  `json:"happenedFrom"`
	HappenedTo   *clock.Date `json:"happenedTo"`
	Competencies []string    `json:"competencies"`
	Confirmed    bool        `json:"confirmed" doc:"a colleague has confirmed it"`
	Links        []Link      `json:"links"`
}

// Link is an address with its label.
type Link struct {
	URL   string `json:"url" maxLength:"2000" doc:"http or https; Rung does not fetch it"`
	Label string `json:"label" maxLength:"200"`
}

// EvidenceOf returns the reference to the piece in a row.
func EvidenceOf(e *db.Evidence) EvidenceRef {
	return EvidenceRef{
		ID: e.ID, Title: e.Title, HappenedFrom: e.HappenedFrom, HappenedTo: e.HappenedTo,
		Competencies: append([]string{}, e.Competencies...), Confirmed: e.ConfirmedByID != nil, Links: LinksOf(e.Links),
	}
}

// LinksOf returns the links of a row, never nil.
func LinksOf(rows []schema.Link) []Link {
	out := make([]Link, 0, len(rows))
	for _, l := range rows {
		out = append(out, Link(l))
	}
	return out
}
