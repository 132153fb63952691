package promotion

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/ballot"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/sealedballot"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// Ballot is the actor's own ballot. Nobody can read another one before the vote
// closes.
type Ballot struct {
	Version          int               `json:"version"`
	Marks            map[string]int    `json:"marks" doc:"competency -> point of its scale"`
	Reasons          map[string]string `json:"reasons" doc:"competency -> why"`
	Vote             *string           `json:"vote" enum:"approve,not_yet,decline"`
	Confidence       *string           `json:"confidence" enum:"low,medium,high"`
	Reason           string            `json:"reason"`
	Notes            string            `json:"notes" doc:"not sealed; deleted when the case closes"`
	NotesAudience    process.Audience  `json:"notesAudience"`
	State            string            `json:"state" enum:"draft,sealed"`
	SealedAt         *time.Time        `json:"sealedAt"`
	SealedHash       string            `json:"sealedHash,omitempty"`
	ChangedSinceSeal bool              `json:"changedSinceSeal"`
	Missing          []string          `json:"missing" doc:"what is still missing before it can be sealed, in words"`
	ClosesAt         *time.Time        `json:"closesAt"`
	Bar              process.Bar       `json:"bar"`
}

// ETagVersion is the version for optimistic locking.
func (b Ballot) ETagVersion() int { return b.Version }

// Marking is what a panel member writes on a ballot.
type Marking struct {
	Marks      map[string]int    `json:"marks"`
	Reasons    map[string]string `json:"reasons"`
	Vote       *string           `json:"vote,omitempty" enum:"approve,not_yet,decline"`
	Confidence *string           `json:"confidence,omitempty" enum:"low,medium,high"`
	Reason     string            `json:"reason,omitempty" maxLength:"20000"`
	Notes      string            `json:"notes,omitempty" maxLength:"20000"`
}

// booth is what the ballot of a panel member needs: the case, their seat, the
// working copy and the last seal. The last two are nil when there is none.
type booth struct {
	loaded
	seat uuid.UUID
	work *db.Ballot
	seal *db.SealedBallot
}

func (s *Service) booth(ctx context.Context, client *db.Client, id uuid.UUID, action access.Action) (booth, error) {
	l, err := s.head(ctx, client, id, access.Ballots, action)
	if err != nil {
		return booth{}, err
	}
	reader := actor.Of(ctx)
	b := booth{loaded: l, seat: *ownSeat(l, reader.ID)}
	if b.work, err = client.Ballot.Query().Where(ballot.SeatID(b.seat)).Only(ctx); err != nil && !db.IsNotFound(err) {
		return b, err
	}
	b.seal, err = client.SealedBallot.Query().Where(sealedballot.SeatID(b.seat)).Order(db.Desc(sealedballot.FieldRevision)).First(ctx)
	if db.IsNotFound(err) {
		err = nil
	}
	return b, err
}

// Ballot returns the actor's own ballot. Only a member of the panel may call
// it, from the opening of the vote. A vote whose deadline has passed is closed
// first.
//
// It returns a NotFound fault to everybody who may not see the case, and a
// Forbidden fault to everybody else without a seat.
func (s *Service) Ballot(ctx context.Context, id uuid.UUID) (Ballot, error) {
	if err := s.settle(ctx, id); err != nil {
		return Ballot{}, err
	}
	b, err := s.booth(ctx, s.Store.Read(), id, access.Read)
	if err != nil {
		return Ballot{}, err
	}
	reader := actor.Of(ctx)
	return s.ballotView(reader.ID, b), nil
}

func (s *Service) ballotView(reader uuid.UUID, b booth) Ballot {
	out := Ballot{Marks: map[string]int{}, Reasons: map[string]string{}, State: "draft", ClosesAt: b.row.VoteClosesAt, Bar: s.bar(reader, b.loaded)}
	out.Bar.Audience = s.ballotAudience(reader, b.loaded)
	out.NotesAudience = process.Explain(s.Access.CaseAudience(access.Ballots, b.facts(), b.facts(), access.Cast{access.Seat: "You"}), "")
	if w := b.work; w != nil {
		out.Version, out.Marks, out.Reasons, out.Reason, out.Notes = w.Version, w.Marks, w.Reasons, w.Reason, w.Notes
		out.Vote, out.Confidence = (*string)(w.Vote), (*string)(w.Confidence)
	}
	if b.seal != nil {
		out.State, out.SealedAt, out.SealedHash = "sealed", &b.seal.SealedAt, b.seal.ContentHash
		out.ChangedSinceSeal = b.seal.BallotVersion != out.Version
	}
	out.Missing = missing(b)
	return out
}

// ballotAudience says who reads a ballot: its author, and after the close those
// who read the tally, in which it has no name.
func (s *Service) ballotAudience(reader uuid.UUID, l loaded) process.Audience {
	now := l.facts()
	closed := now
	closed.VoteClosed = true
	own := s.Access.CaseAudience(access.Ballots, now, now, access.Cast{access.Seat: "You"})
	counted := s.Access.CaseAudience(access.Tallies, closed, closed, cast(reader, l))
	return process.Explain(access.Audience{Now: own.Now, Next: counted.Now}, "after the close, without your name")
}

// Mark saves the actor's ballot without sealing it and returns it. Only a
// member of the panel may call it.
//
// It returns a Stale fault with the current ballot when it was saved in the
// meantime, a Conflict fault with the code "vote_closed" after the close, an
// Invalid fault for a mark that is not on the scale, and the faults of Ballot.
func (s *Service) Mark(ctx context.Context, id uuid.UUID, version int, in Marking) (Ballot, error) {
	if err := s.settle(ctx, id); err != nil {
		return Ballot{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		b, err := s.openBooth(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := checkMarks(b, in); err != nil {
			return err
		}
		return s.mark(ctx, tx, b, version, in)
	})
	return store.Current(err, func() (Ballot, error) { return s.Ballot(ctx, id) })
}

func (s *Service) openBooth(ctx context.Context, tx *db.Client, id uuid.UUID) (booth, error) {
	b, err := s.booth(ctx, tx, id, access.Update)
	if err != nil {
		return b, err
	}
	if b.row.State != BlindVote || !s.Clock.Now().Before(*b.row.VoteClosesAt) {
		return b, fault.Clash("The vote is closed. Your ballot can no longer change.").WithCode("vote_closed")
	}
	return b, nil
}

func (s *Service) mark(ctx context.Context, tx *db.Client, b booth, version int, in Marking) error {
	vote, confidence := (*ballot.Vote)(in.Vote), (*ballot.Confidence)(in.Confidence)
	if b.work == nil {
		return tx.Ballot.Create().
			SetCaseID(b.row.ID).SetSeatID(b.seat).
			SetMarks(filled(in.Marks)).SetReasons(filled(in.Reasons)).
			SetNillableVote(vote).SetNillableConfidence(confidence).
			SetReason(in.Reason).SetNotes(in.Notes).SetUpdatedAt(s.Clock.Now()).
			Exec(ctx)
	}
	update := tx.Ballot.UpdateOneID(b.work.ID).Where(ballot.Version(version)).AddVersion(1).
		SetMarks(filled(in.Marks)).SetReasons(filled(in.Reasons)).
		SetReason(in.Reason).SetNotes(in.Notes).SetUpdatedAt(s.Clock.Now())
	if vote == nil {
		update.ClearVote()
	} else {
		update.SetVote(*vote)
	}
	if confidence == nil {
		update.ClearConfidence()
	} else {
		update.SetConfidence(*confidence)
	}
	return store.Stale(update.Exec(ctx))
}

func filled[V any](m map[string]V) map[string]V {
	if m == nil {
		return map[string]V{}
	}
	return m
}

func checkMarks(b booth, in Marking) error {
	var wrong []fault.Detail
	for _, code := range slices.Sorted(maps.Keys(in.Marks)) {
		mark := in.Marks[code]
		c, ok := b.doc.Competency(code)
		most := len(b.doc.ScaleOf(c)) - 1
		switch {
		case !ok:
			wrong = append(wrong, fault.Detail{Pointer: "/marks/" + code, Message: "unknown competency", Fix: "Use the competencies of the pinned ladder."})
		case mark < 0 || mark > most:
			wrong = append(wrong, fault.Detail{Pointer: "/marks/" + code, Message: fmt.Sprintf("%d is not a mark", mark), Fix: fmt.Sprintf("Use 0 to %d.", most)})
		}
	}
	if len(wrong) > 0 {
		return fault.Bad("The ballot was not saved.", wrong...)
	}
	return nil
}

// missing lists what keeps a ballot from being sealed: marks, a reason for each
// competency that is not met, the vote, how sure the member is, and the reasons.
func missing(b booth) []string {
	out := []string{}
	w := b.work
	if w == nil {
		w = &db.Ballot{}
	}
	unmarked := 0
	for _, c := range b.doc.For(b.row.ToLevel) {
		mark, ok := w.Marks[c.Code]
		if !ok {
			unmarked++
			continue
		}
		if mark < c.Needs(b.row.ToLevel) && trimmed(w.Reasons[c.Code]) == "" {
			out = append(out, "A reason for "+c.Name)
		}
	}
	if unmarked > 0 {
		out = append([]string{fmt.Sprintf("%d marks", unmarked)}, out...)
	}
	if w.Vote == nil {
		out = append(out, "Your vote")
	}
	if w.Confidence == nil {
		out = append(out, "How sure you are")
	}
	if trimmed(w.Reason) == "" {
		out = append(out, "Your reasons")
	}
	return out
}

// sealed is the content of a sealed ballot; it has no notes.
type sealed struct {
	CaseID     uuid.UUID         `json:"caseId"`
	SeatID     uuid.UUID         `json:"seatId"`
	Marks      map[string]int    `json:"marks"`
	Reasons    map[string]string `json:"reasons"`
	Vote       Vote              `json:"vote"`
	Confidence string            `json:"confidence"`
	Reason     string            `json:"reason"`
}

// Seal submits the ballot. It can be sealed again until the vote closes, and
// the last seal counts. When it was the last ballot that was missing, the vote
// closes. Only a member of the panel may call it.
//
// It returns an Invalid fault with everything that the ballot lacks, a Stale
// fault with the current ballot when it was saved in the meantime, a Conflict
// fault with the code "vote_closed" after the close, and the faults of Ballot.
func (s *Service) Seal(ctx context.Context, id uuid.UUID, version int) (Ballot, error) {
	if err := s.settle(ctx, id); err != nil {
		return Ballot{}, err
	}
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.lock(ctx, tx, id); err != nil && !db.IsNotFound(err) {
			return err
		}
		b, err := s.openBooth(ctx, tx, id)
		if err != nil {
			return err
		}
		if b.work == nil || b.work.Version != version {
			return fault.Outdated(nil)
		}
		if lacks := missing(b); len(lacks) > 0 {
			return incomplete(lacks)
		}
		if err := s.seal(ctx, tx, b); err != nil {
			return err
		}
		return s.closeIfAllIn(ctx, tx, id)
	})
	return store.Current(err, func() (Ballot, error) { return s.Ballot(ctx, id) })
}

func incomplete(lacks []string) error {
	var details []fault.Detail
	for _, l := range lacks {
		details = append(details, fault.Detail{Message: l + " missing.", Field: l, Fix: "Fill it in and seal again."})
	}
	return fault.Bad("The ballot is not complete.", details...)
}

func (s *Service) seal(ctx context.Context, tx *db.Client, b booth) error {
	content, err := json.Marshal(sealed{
		CaseID: b.row.ID, SeatID: b.seat, Marks: b.work.Marks, Reasons: b.work.Reasons,
		Vote: Vote(*b.work.Vote), Confidence: string(*b.work.Confidence), Reason: b.work.Reason,
	})
	if err != nil {
		return err
	}
	revision := 1
	if b.seal != nil {
		revision = b.seal.Revision + 1
	}
	hash := contentHash(content)
	err = tx.SealedBallot.Create().
		SetCaseID(b.row.ID).SetSeatID(b.seat).SetRevision(revision).SetContent(string(content)).SetContentHash(hash).
		SetBallotVersion(b.work.Version).SetSealedAt(s.Clock.Now()).
		Exec(ctx)
	if err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.BallotSealed, Resource: "case", ID: b.row.ID, Facts: map[string]string{"hash": hash}})
}

// Booth is a case that the actor has to read and vote on.
type Booth struct {
	CaseID         uuid.UUID         `json:"caseId"`
	Person         process.PersonRef `json:"person"`
	FromLevel      string            `json:"fromLevel"`
	ToLevel        string            `json:"toLevel"`
	ReadingMinutes int               `json:"readingMinutes"`
	ClosesAt       *time.Time        `json:"closesAt"`
	Mine           string            `json:"mine" enum:"unread,read,draft,sealed"`
	Bar            process.Bar       `json:"bar"`
}

// Booths lists the cases on whose panels the actor sits and whose vote has been
// opened, the first to close first. Everybody may call it for their own seats.
// It says nothing of other seats. It returns no fault of its own.
func (s *Service) Booths(ctx context.Context) ([]Booth, error) {
	reader := actor.Of(ctx)
	seats, err := s.Store.Read().PanelSeat.Query().
		Where(panelseat.PersonID(reader.ID), panelseat.StateEQ(panelseat.StateSeated)).WithPerson().All(ctx)
	if err != nil {
		return nil, err
	}
	return s.booths(ctx, reader.ID, seats)
}
