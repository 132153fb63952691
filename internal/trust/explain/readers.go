package explain

import (
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Readers answers who can read a thing, who will be added at its next state, and
// why. Everybody may ask about a thing that they may read. Its words name groups,
// its lists people. Without an id it is the actor's own: their pay, their
// evidence log, a self-assessment that they have not started, or what is the same
// for everybody.
//
// It returns an Invalid fault for a kind of thing that has no readers of its own,
// and a NotFound fault for a thing that the actor may not read.
func (s *Service) Readers(ctx context.Context, resource access.Resource, id uuid.UUID) (process.Audience, error) {
	t, err := s.thing(ctx, resource, id)
	if err != nil {
		return process.Audience{}, err
	}
	cast, err := s.cast(ctx, t)
	if err != nil {
		return process.Audience{}, err
	}
	found, when := s.audience(t, cast)
	out := process.Explain(found, when)
	grouped, when := s.audience(t, inGroups(cast))
	out.Words = process.Explain(grouped, when).Words
	return out, nil
}

// inGroups names groups instead of the people in them.
func inGroups(cast access.Cast) access.Cast {
	out := maps.Clone(cast)
	for relation, words := range map[access.Relation]string{
		access.Seat: "the panel", access.SeatClosed: "the panel", access.Chair: "the chair",
	} {
		if out[relation] != "" && out[relation] != "You" {
			out[relation] = words
		}
	}
	// The right is there before the first partner has signed in.
	for _, relation := range []access.Relation{access.HRScope, access.ScopeFrozen, access.ScopeClosed, access.HRWhole} {
		if out[relation] != "You" {
			out[relation] = "HR partners"
		}
	}
	return out
}

func (s *Service) audience(t thing, cast access.Cast) (found access.Audience, nextWhen string) {
	switch {
	case t.row != nil:
		next, when := nextOf(t.caseFacts, t.about.Name)
		return s.Access.CaseAudience(t.resource, t.caseFacts, next, cast), when
	case t.resource == access.Assessments:
		next := t.assessment
		next.Revealed = true
		return s.Access.AssessmentAudience(t.assessment, next, cast), "when both sides are in"
	case t.resource == access.Evidence:
		found := s.Access.EvidenceAudience(t.evidence, cast)
		found.Next = []access.Reader{{Who: "readers of the assessment or packet", Why: "It is cited in an assessment or a packet that they read"}}
		return found, "once you attach it and submit"
	case t.resource == corrections:
		return s.Access.CorrectionAudience(t.personFacts, cast), ""
	}
	return s.Access.PersonAudience(t.resource, t.personFacts, cast), ""
}

// nextOf is the next state of a case that adds readers.
func nextOf(f access.CaseFacts, candidate string) (access.CaseFacts, string) {
	next := f
	switch {
	case !f.HandedOver:
		next.HandedOver = true
		return next, "when " + candidate + " hands it over"
	case !f.Frozen:
		next.Frozen = true
		return next, "when it is submitted"
	case !f.VoteOpened:
		next.VoteOpened = true
		return next, "when the vote opens"
	case !f.VoteClosed:
		next.VoteClosed = true
		return next, "when the vote closes"
	case !f.Communicated:
		next.Communicated = true
		return next, "when " + candidate + " is told"
	}
	return next, ""
}

// cast names who stands in each relation. Only those who may read the seats learn
// the names of the panel.
func (s *Service) cast(ctx context.Context, t thing) (access.Cast, error) {
	me := actor.Of(ctx)
	name := func(p *db.Person) string { return process.Name(me.ID, p) }
	hr, err := s.holders.HRFor(ctx, t.unit(), t.about.Country)
	if err != nil {
		return nil, err
	}
	partners := partnerNames(hr, t, name)
	manager := name(t.about.Edges.Manager)
	cast := access.Cast{
		access.Any: "Everybody in the company", access.Self: name(t.about), access.OwnerOf: name(t.about), access.Manager: manager,
		access.Candidate: name(t.about), access.Told: name(t.about), access.CaseManager: manager, access.HandedOver: manager,
		access.HRScope: partners, access.ScopeFrozen: partners, access.ScopeClosed: partners, access.HRWhole: partners,
	}
	if t.author != nil {
		cast[access.Author] = name(t.author)
		cast[access.Counterpart] = strings.Join(others(t.author, name, t.about, t.about.Edges.Manager), " and ")
	}
	if t.row != nil {
		panel, chair := s.panelNames(ctx, t, name)
		cast[access.Seat], cast[access.SeatClosed], cast[access.Chair] = panel, panel, chair
	}
	return cast, nil
}

func (t thing) unit() uuid.UUID {
	if t.about.UnitID == nil {
		return uuid.Nil
	}
	return *t.about.UnitID
}

// others names the people of an assessment other than its author.
func others(author *db.Person, name func(*db.Person) string, people ...*db.Person) []string {
	var out []string
	for _, p := range people {
		if p != nil && p.ID != author.ID {
			out = append(out, name(p))
		}
	}
	return out
}

// partnerNames leaves out HR partners who are too close to the thing.
func partnerNames(hr []*db.Person, t thing, name func(*db.Person) string) string {
	var names []string
	for _, p := range hr {
		near := p.ID == t.about.ID || t.row != nil && p.ID == t.caseFacts.Manager
		if !near {
			names = append(names, name(p))
		}
	}
	return strings.Join(names, ", ")
}

func (s *Service) panelNames(ctx context.Context, t thing, name func(*db.Person) string) (panel, chair string) {
	if !s.all(ctx) && !s.Access.CanCase(ctx, access.Seats, access.Read, t.caseFacts) {
		return "The panel", "The chair of the panel"
	}
	var names []string
	for _, seat := range t.seats {
		if seat.State != panelseat.StateSeated {
			continue
		}
		names = append(names, name(seat.Edges.Person))
		if seat.Chair {
			chair = name(seat.Edges.Person)
		}
	}
	if len(names) == 0 {
		return "The panel, once it is seated", ""
	}
	return strings.Join(names, ", "), chair
}
