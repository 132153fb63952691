package promotion

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/process"
)

// view is the case for its reader; it leaves out what the policy does not allow.
func (s *Service) view(ctx context.Context, l loaded) Case {
	reader := actor.Of(ctx)
	row, f := l.row, l.facts()
	c := Case{
		ID: row.ID, Version: row.Version, Person: process.RefOf(row.Edges.Person), Manager: process.RefOf(row.Edges.Person.Edges.Manager),
		Kind: string(row.Kind), From: levelRef(l.doc, row.FromLevel), To: levelRef(l.doc, row.ToLevel),
		Ladder: process.LadderRef{Slug: l.doc.Framework, Name: l.doc.Name, Version: l.doc.Version}, Scale: l.doc.Scale,
		State: s.stateFor(reader.ID, row), Bar: s.bar(reader.ID, l), Phases: s.phasesFor(reader.ID, row),
		Sections: []Section{}, Requests: []Request{}, Coverage: []Coverage{}, Checks: []Check{}, Waived: []Rule{}, MaskedFields: []string{},
		SubmittedAt: row.SubmittedAt, Actions: s.moves(ctx, l), CanEdit: s.editable(ctx, l), SeatID: ownSeat(l, reader.ID),
		DecisionReady: row.DecidedAt != nil && s.Access.CanCase(ctx, access.Decisions, access.Read, f),
		TallyReady:    row.VoteClosedAt != nil && s.Access.CanCase(ctx, access.Tallies, access.Read, f),
	}
	if row.PersonID != reader.ID || row.CommunicatedAt != nil {
		c.VoteClosesAt, c.EffectiveOn = row.VoteClosesAt, row.EffectiveOn
	}
	for _, w := range l.waivers {
		c.Waived = append(c.Waived, w.Rule)
	}
	if row.OpenedByID == reader.ID || s.readsPacket(ctx, l) {
		c.Reason = row.OpeningReason
	}
	if s.readsPacket(ctx, l) {
		s.addPacket(&c, l)
	} else {
		c.MaskedFields = append(c.MaskedFields, "sections", "coverage", "checks", "requests")
	}
	if s.Access.CanCase(ctx, access.Statements, access.Read, f) {
		c.Statement = s.statementOf(reader.ID, l)
	} else {
		c.MaskedFields = append(c.MaskedFields, "statement")
	}
	return c
}

func (s *Service) addPacket(c *Case, l loaded) {
	c.Sections = l.sections
	c.Coverage = coverage(l, s.Clock.Now())
	c.Checks = checks(l)
	c.ReadingMinutes = readingMinutes(l)
	if l.packet != nil {
		c.PacketHash = l.packet.ContentHash
	}
	for _, r := range l.requests {
		c.Requests = append(c.Requests, Request{
			ID: r.ID, SectionKey: r.SectionKey, Text: r.Text, Author: process.RefOf(r.Edges.Author), At: r.CreatedAt, DoneAt: r.DoneAt,
		})
	}
}

func (s *Service) stateFor(reader uuid.UUID, row *db.PromotionCase) string {
	if row.PersonID == reader && inState(row.State, hiddenFromCandidate...) {
		return "with_panel"
	}
	return string(row.State)
}

// cast names who stands in each relation to a case, for its reader.
func cast(reader uuid.UUID, l loaded) access.Cast {
	p := l.row.Edges.Person
	return access.Cast{
		access.Candidate: process.Name(reader, p), access.Told: process.Name(reader, p),
		access.CaseManager: process.Name(reader, p.Edges.Manager), access.HandedOver: process.Name(reader, p.Edges.Manager),
		access.Seat: "the panel", access.SeatClosed: "the panel",
		access.HRScope: "HR partners", access.ScopeFrozen: "HR partners", access.ScopeClosed: "HR partners",
	}
}

func (s *Service) bar(reader uuid.UUID, l loaded) process.Bar {
	row, now := l.row, l.facts()
	next, when := now, "after submission"
	switch {
	case row.HandedOverAt == nil:
		next.HandedOver, when = true, "after you hand it over"
		if row.PersonID != reader {
			when = "after " + row.Edges.Person.Name + " hands it over"
		}
	case row.SubmittedAt == nil:
		next.Frozen = true
	case row.VoteOpenedAt == nil:
		next.VoteOpened, when = true, "when the vote opens"
	default:
		when = ""
	}
	candidate := row.PersonID == reader
	b := process.Bar{
		State: s.stateFor(reader, row), Words: wordsFor(row.State, candidate), Step: max(phaseOf(row.State), 0) + 1, Steps: len(phases),
		DueAt: dueFor(row, candidate), Turn: s.turn(reader, l),
		Audience: process.Explain(s.Access.CaseAudience(access.Packets, now, next, cast(reader, l)), when),
	}
	if candidate && inState(row.State, hiddenFromCandidate...) {
		b.Step = phaseOf(BlindVote) + 1
	}
	return b
}

// dueFor hides the panel's dates from the candidate.
func dueFor(row *db.PromotionCase, candidate bool) *time.Time {
	switch {
	case row.State == BlindVote && candidate:
		return nil
	case row.State == BlindVote:
		return row.VoteClosesAt
	default:
		return row.DueAt
	}
}

func (s *Service) turn(reader uuid.UUID, l loaded) process.Turn {
	person := l.row.Edges.Person
	by := func(p *db.Person, fallback string) process.Turn {
		if p == nil {
			return process.Turn{Words: fallback}
		}
		return process.Turn{You: p.ID == reader, Words: process.Name(reader, p)}
	}
	if l.row.PersonID == reader && inState(l.row.State, hiddenFromCandidate...) {
		return process.Turn{Words: "The panel"} // who is next would tell how the vote went
	}
	switch l.row.State {
	case Draft, ChangesRequested:
		return by(person, "")
	case ManagerReview:
		return by(person.Edges.Manager, "HR, to name a manager")
	case Decided:
		return by(person.Edges.Manager, "HR, to name a manager")
	case Submitted, OnHold:
		return process.Turn{Words: "HR partners"}
	case BlindVote:
		seat := ownSeat(l, reader)
		return process.Turn{You: seat != nil, Words: map[bool]string{true: "You", false: "The panel"}[seat != nil]}
	case Voted:
		return by(chairOf(l, reader), "The chair")
	default:
		return process.Turn{}
	}
}

// chairOf is the chair, for those who may know who sits on the panel.
func chairOf(l loaded, reader uuid.UUID) *db.Person {
	for _, seat := range l.seats {
		if seat.Chair && seat.State == panelseat.StateSeated && l.row.PersonID != reader {
			return seat.Edges.Person
		}
	}
	return nil
}

func ownSeat(l loaded, reader uuid.UUID) *uuid.UUID {
	for _, seat := range l.seats {
		if seat.PersonID == reader && seat.State == panelseat.StateSeated && l.row.VoteOpenedAt != nil {
			return &seat.ID
		}
	}
	return nil
}

func (s *Service) phasesFor(reader uuid.UUID, row *db.PromotionCase) []Phase {
	now := phaseOf(row.State)
	if row.PersonID == reader && inState(row.State, hiddenFromCandidate...) {
		now = phaseOf(BlindVote)
	}
	times := []*time.Time{&row.OpenedAt, nil, row.SubmittedAt, nil, nil, row.CommunicatedAt, row.EffectiveAt}
	if row.PersonID != reader || row.CommunicatedAt != nil {
		times[3], times[4] = row.VoteOpenedAt, row.DecidedAt
	}
	out := make([]Phase, 0, len(phases))
	for i, p := range phases {
		ph := Phase{Key: p.key, Words: p.words, State: "todo", At: times[i]}
		switch {
		case i < now:
			ph.State = "done"
		case i == now:
			ph.State, ph.By = "now", dueFor(row, row.PersonID == reader)
		}
		if p.key == "communicated" && row.PersonID != reader {
			ph.Words = "Told"
		}
		out = append(out, ph)
	}
	return out
}

// moves are the steps of the state machine that the actor may take now.
func (s *Service) moves(ctx context.Context, l loaded) []string {
	out := []string{}
	for _, st := range machine {
		if inState(l.row.State, st.from...) && s.Access.CanCase(ctx, st.resource, st.action, l.facts()) {
			out = append(out, string(st.move))
		}
	}
	return out
}

func (s *Service) editable(ctx context.Context, l loaded) []string {
	out, f := []string{}, l.facts()
	if inState(l.row.State, editable...) && s.Access.CanCase(ctx, access.Packets, access.Update, f) {
		for _, section := range l.sections {
			out = append(out, section.Key)
		}
		out = append(out, "projects")
	}
	if l.row.SubmittedAt == nil && l.row.State != Withdrawn && s.Access.CanCase(ctx, access.Statements, access.Update, f) {
		out = append(out, "statement")
	}
	if inState(l.row.State, Submitted, OnHold) && s.Access.CanCase(ctx, access.Seats, access.Update, f) {
		out = append(out, "seats")
	}
	if l.row.State == Voted && s.Access.CanCase(ctx, access.Cases, access.Decide, f) {
		out = append(out, "decision")
	}
	return out
}

func (s *Service) statementOf(reader uuid.UUID, l loaded) *Statement {
	now := l.facts()
	next := now
	next.Frozen = true
	out := &Statement{
		Author:   process.RefOf(l.row.Edges.Person.Edges.Manager),
		Audience: process.Explain(s.Access.CaseAudience(access.Statements, now, next, cast(reader, l)), "after submission"),
		Earlier:  make([]EarlierWords, 0, len(l.earlier)),
	}
	if st := l.statement; st != nil {
		out.Text, out.Version, out.Author = st.Text, st.Version, process.RefOf(st.Edges.Author)
		out.Recommendation = (*string)(st.Recommendation)
	}
	for _, st := range l.earlier {
		out.Earlier = append(out.Earlier, EarlierWords{
			Text: st.Text, Recommendation: (*string)(st.Recommendation), Author: process.RefOf(st.Edges.Author), At: st.UpdatedAt,
		})
	}
	return out
}

const wordsPerMinute = 220

func readingMinutes(l loaded) int {
	words := 0
	for _, s := range l.sections {
		words += len(strings.Fields(s.Text))
		if s.Project != nil {
			words += len(strings.Fields(s.Project.Role + " " + s.Project.Scope + " " + s.Project.Outcome + " " + s.Project.Tradeoff))
		}
	}
	if l.statement != nil {
		words += len(strings.Fields(l.statement.Text))
	}
	return max(1, (words+wordsPerMinute-1)/wordsPerMinute)
}

// Row is a case in a list.
type Row struct {
	ID        uuid.UUID         `json:"id"`
	Person    process.PersonRef `json:"person"`
	FromLevel string            `json:"fromLevel"`
	ToLevel   string            `json:"toLevel"`
	Kind      string            `json:"kind"`
	OpenedAt  time.Time         `json:"openedAt"`
	Bar       process.Bar       `json:"bar"`
}

func sortedByTurn(rows []Row) {
	slices.SortStableFunc(rows, func(a, b Row) int {
		switch {
		case a.Bar.Turn.You == b.Bar.Turn.You:
			return 0
		case a.Bar.Turn.You:
			return -1
		default:
			return 1
		}
	})
}
