package promotion

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/decision"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/db/sealedballot"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/store"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// counted is the ballots that count: the last sealed one of each seat that is not
// recused.
type counted struct {
	seats   int
	ballots []sealed
}

func (s *Service) count(ctx context.Context, client *db.Client, id uuid.UUID) (counted, error) {
	seats, err := client.PanelSeat.Query().Where(panelseat.CaseID(id), panelseat.StateEQ(panelseat.StateSeated)).IDs(ctx)
	if err != nil {
		return counted{}, err
	}
	rows, err := client.SealedBallot.Query().
		Where(sealedballot.CaseID(id), sealedballot.SeatIDIn(seats...)).
		Order(db.Asc(sealedballot.FieldRevision)).All(ctx)
	if err != nil {
		return counted{}, err
	}
	last := map[uuid.UUID]*db.SealedBallot{}
	for _, r := range rows {
		last[r.SeatID] = r
	}
	out := counted{seats: len(seats)}
	for _, r := range last {
		var b sealed
		if err := json.Unmarshal([]byte(r.Content), &b); err != nil {
			return out, err
		}
		out.ballots = append(out.ballots, b)
	}
	// Sorted by the hash of the seal, so that the order does not reveal who sat
	// where.
	slices.SortFunc(out.ballots, func(a, b sealed) int {
		return slices.Compare([]byte(last[a.SeatID].ContentHash), []byte(last[b.SeatID].ContentHash))
	})
	return out, nil
}

// closeIfAllIn closes the vote once all ballots are in.
func (s *Service) closeIfAllIn(ctx context.Context, tx *db.Client, id uuid.UUID) error {
	c, err := s.count(actor.AsSystem(ctx, "are all ballots in"), tx, id)
	if err != nil || len(c.ballots) < c.seats || c.seats == 0 {
		return err
	}
	return s.close(actor.AsSystem(ctx, "the last ballot is in"), tx, id, c)
}

// closeVote closes a vote whose deadline has passed.
func (s *Service) closeVote(ctx context.Context, id uuid.UUID) error {
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if err := s.lock(ctx, tx, id); err != nil {
			return err
		}
		c, err := s.count(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.close(ctx, tx, id, c)
	})
}

// close ends the vote. Without a quorum the case is put on hold and the ballots
// stay sealed, so that no decision is made silently.
func (s *Service) close(ctx context.Context, tx *db.Client, id uuid.UUID, c counted) error {
	now, quorum := s.Clock.Now(), Quorum(c.seats)
	update := tx.PromotionCase.Update().Where(promotioncase.ID(id), promotioncase.StateEQ(BlindVote)).AddVersion(1)
	to := Voted
	if len(c.ballots) < quorum {
		to = OnHold
		update.ClearVoteClosesAt().ClearDueAt()
	} else {
		update.SetVoteClosedAt(now).SetDueAt(now.Add(3 * day))
	}
	n, err := update.SetState(to).Save(ctx)
	if err != nil || n == 0 {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.VoteClosed, Resource: "case", ID: id,
		Facts: map[string]string{"to": string(to), "quorum": strconv.Itoa(quorum)},
	})
}

// Tally is the count after the close of the vote. It has no names and is ordered
// by the hash of the seals.
type Tally struct {
	Counts   Count           `json:"counts"`
	Valid    int             `json:"valid"`
	Seats    int             `json:"seats"`
	Quorum   int             `json:"quorum"`
	Outcome  Outcome         `json:"outcome" enum:"approved,deferred,declined"`
	Rule     string          `json:"rule"`
	Criteria []Criterion     `json:"criteria" doc:"largest spread first"`
	Ballots  []CountedBallot `json:"ballots"`
}

// CountedBallot is one ballot without its author.
type CountedBallot struct {
	Seat       string            `json:"seat"`
	Vote       Vote              `json:"vote" enum:"approve,not_yet,decline"`
	Confidence string            `json:"confidence"`
	Marks      map[string]int    `json:"marks"`
	Reasons    map[string]string `json:"reasons"`
	Reason     string            `json:"reason"`
}

// Tally returns the count of a closed vote. The panel and HR partners may read
// it, in their scope. A vote whose deadline has passed is closed first.
//
// It returns a NotFound fault to everybody else, and to everybody before the
// close.
func (s *Service) Tally(ctx context.Context, id uuid.UUID) (Tally, error) {
	if err := s.settle(ctx, id); err != nil {
		return Tally{}, err
	}
	l, err := s.head(ctx, s.Store.Read(), id, access.Tallies, access.Read)
	if err != nil {
		return Tally{}, fault.Hidden(err)
	}
	if l.row.VoteClosedAt == nil {
		return Tally{}, fault.Missing()
	}
	c, err := s.count(ctx, s.Store.Read(), id)
	if err != nil {
		return Tally{}, err
	}
	return tallyOf(l.doc, l.row.ToLevel, c), nil
}

func tallyOf(doc ladder.Rubric, level string, c counted) Tally {
	t := Tally{Seats: c.seats, Quorum: Quorum(c.seats), Criteria: []Criterion{}, Ballots: []CountedBallot{}}
	for i, b := range c.ballots {
		t.Counts.Add(b.Vote)
		t.Ballots = append(t.Ballots, CountedBallot{
			Seat: fmt.Sprintf("Ballot %d", i+1), Vote: b.Vote, Confidence: b.Confidence, Marks: b.Marks, Reasons: b.Reasons, Reason: b.Reason,
		})
	}
	for _, competency := range doc.For(level) {
		criterion := Criterion{Competency: competency.Code, Name: competency.Name, Scale: doc.ScaleOf(competency)}
		criterion.Marks = make([]int, len(criterion.Scale))
		for _, b := range c.ballots {
			criterion.Marks[b.Marks[competency.Code]]++
		}
		criterion.Spread = spread(criterion.Marks)
		t.Criteria = append(t.Criteria, criterion)
	}
	byDisagreement(t.Criteria)
	t.Valid, t.Outcome, t.Rule = t.Counts.Valid(), t.Counts.Outcome(), rule(c.seats, t.Quorum)
	return t
}

// Deciding is the record that the chair writes. It has no outcome, because the
// votes decide that.
type Deciding struct {
	Criteria    []schema.CriterionOutcome `json:"criteria"`
	Reasons     string                    `json:"reasons" minLength:"1" maxLength:"20000"`
	EffectiveOn *clock.Date               `json:"effectiveOn,omitempty" format:"date" doc:"required if the panel approved"`
}

// Decision is the signed record.
type Decision struct {
	Outcome        Outcome                   `json:"outcome" enum:"approved,deferred,declined"`
	Words          string                    `json:"words"`
	Reasons        string                    `json:"reasons"`
	Criteria       []schema.CriterionOutcome `json:"criteria"`
	Counts         *Count                    `json:"counts,omitempty" doc:"missing for the candidate if fewer than 3 people voted"`
	Valid          int                       `json:"valid"`
	Quorum         int                       `json:"quorum"`
	Rule           string                    `json:"rule"`
	EffectiveOn    *clock.Date               `json:"effectiveOn"`
	DecidedAt      time.Time                 `json:"decidedAt"`
	CommunicatedAt *time.Time                `json:"communicatedAt"`
	SignedBy       process.PersonRef         `json:"signedBy"`
	Hash           string                    `json:"hash"`
	Person         process.PersonRef         `json:"person"`
	From           process.LevelRef          `json:"from"`
	To             process.LevelRef          `json:"to"`
	Bar            process.Bar               `json:"bar"`
}

// Decide signs the record of a closed vote, once. Only the chair of the panel
// may call it.
//
// It returns an Invalid fault with everything that the record lacks, a Conflict
// fault with the code "wrong_state" before the close and after the first
// signature, a NotFound fault for a case that the actor may not see, and a
// Forbidden fault to everybody else.
func (s *Service) Decide(ctx context.Context, id uuid.UUID, in Deciding) (Decision, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.head(ctx, tx, id, access.Cases, access.Decide)
		if err != nil {
			return err
		}
		if l.row.State != Voted {
			return fault.Clash("A decision can be signed only once, after the close of the vote.").WithCode("wrong_state")
		}
		c, err := s.count(ctx, tx, id)
		if err != nil {
			return err
		}
		t := tallyOf(l.doc, l.row.ToLevel, c)
		if err := s.checkDecision(l, t, in); err != nil {
			return err
		}
		return s.sign(ctx, tx, l, t, in)
	})
	if err != nil {
		return Decision{}, err
	}
	return s.Decision(ctx, id)
}

func (s *Service) checkDecision(l loaded, t Tally, in Deciding) error {
	var wrong []fault.Detail
	add := func(pointer, message, fix string) {
		wrong = append(wrong, fault.Detail{Pointer: pointer, Message: message, Fix: fix})
	}
	if trimmed(in.Reasons) == "" {
		add("/reasons", "The reasons are missing.", "Say what the decision rests on. The candidate reads this.")
	}
	for _, c := range l.doc.For(l.row.ToLevel) {
		i := slices.IndexFunc(in.Criteria, func(o schema.CriterionOutcome) bool { return o.Competency == c.Code })
		switch {
		case i < 0 || in.Criteria[i].Outcome != "met" && in.Criteria[i].Outcome != "not_yet":
			add("/criteria", c.Name+" has no outcome.", "Choose met or not yet.")
		case in.Criteria[i].Outcome == "not_yet" && trimmed(in.Criteria[i].Reason) == "":
			add("/criteria", c.Name+" has no reason.", "Say what was missing.")
		}
	}
	if t.Outcome == Approved && in.EffectiveOn == nil {
		add("/effectiveOn", "The date is missing.", "Choose the day on which the level changes.")
	}
	if in.EffectiveOn != nil {
		if _, err := clock.ParseDate(string(*in.EffectiveOn)); err != nil {
			add("/effectiveOn", err.Error(), "Write the date as 2027-01-01.")
		} else if *in.EffectiveOn < clock.DateOf(s.Clock.Now()) {
			add("/effectiveOn", "It is before the decision.", "Choose today or later.")
		}
	}
	if len(wrong) > 0 {
		return fault.Bad("The decision was not signed.", wrong...)
	}
	return nil
}

func (s *Service) sign(ctx context.Context, tx *db.Client, l loaded, t Tally, in Deciding) error {
	chair := actor.Of(ctx)
	now := s.Clock.Now()
	on := in.EffectiveOn
	if t.Outcome != Approved {
		on = nil
	}
	content, err := json.Marshal(map[string]any{"case": l.row.ID, "outcome": t.Outcome, "counts": t.Counts, "criteria": in.Criteria, "reasons": in.Reasons, "effectiveOn": on})
	if err != nil {
		return err
	}
	err = tx.Decision.Create().
		SetCaseID(l.row.ID).SetSignedByID(chair.ID).SetOutcome(decision.Outcome(t.Outcome)).
		SetApprove(t.Counts.Approve).SetNotYet(t.Counts.NotYet).SetDecline(t.Counts.Decline).SetQuorum(t.Quorum).
		SetCriteria(in.Criteria).SetReasons(in.Reasons).SetNillableEffectiveOn(on).
		SetContentHash(contentHash(content)).SetDecidedAt(now).
		Exec(ctx)
	if err != nil {
		return err
	}
	update := tx.PromotionCase.UpdateOneID(l.row.ID).Where(promotioncase.StateEQ(Voted)).AddVersion(1).
		SetState(Decided).SetDecidedAt(now).SetDueAt(now.Add(tellingDays * day)).SetNillableEffectiveOn(on)
	if err := s.record(ctx, tx, l, update, Decided); err != nil {
		return err
	}
	return s.Trail.Record(ctx, tx, audit.Entry{
		Action: audit.DecisionSigned, Resource: "case", ID: l.row.ID, Owner: l.row.PersonID, Facts: map[string]string{"hash": contentHash(content)},
	})
}

var outcomeWords = map[Outcome]string{
	Approved: "The panel decided: approved", Deferred: "The panel decided: not yet", Declined: "The panel decided: no",
}

// Decision returns the signed record. The panel, the manager and HR partners
// may read it, and the candidate once they have been told. For the candidate,
// it does not say who signed, and it has no counts when fewer than 3 people
// voted.
//
// It returns a NotFound fault for a case that the actor may not see or that is
// not decided, and a Forbidden fault to everybody else.
func (s *Service) Decision(ctx context.Context, id uuid.UUID) (Decision, error) {
	l, err := s.head(ctx, s.Store.Read(), id, access.Decisions, access.Read)
	if err != nil {
		return Decision{}, err
	}
	d, err := s.Store.Read().Decision.Query().Where(decision.CaseID(id)).WithSignedBy().Only(ctx)
	if err != nil {
		return Decision{}, store.Found(err)
	}
	reader := actor.Of(ctx)
	out := Decision{
		Outcome: Outcome(d.Outcome), Words: outcomeWords[Outcome(d.Outcome)], Reasons: d.Reasons, Criteria: d.Criteria,
		Counts: &Count{Approve: d.Approve, NotYet: d.NotYet, Decline: d.Decline}, Quorum: d.Quorum,
		EffectiveOn: d.EffectiveOn, DecidedAt: d.DecidedAt, CommunicatedAt: l.row.CommunicatedAt,
		SignedBy: process.RefOf(d.Edges.SignedBy), Hash: d.ContentHash, Person: process.RefOf(l.row.Edges.Person),
		From: levelRef(l.doc, l.row.FromLevel), To: levelRef(l.doc, l.row.ToLevel), Bar: s.bar(reader.ID, l),
	}
	out.Valid = out.Counts.Valid()
	out.Rule = rule(seatedIn(l), d.Quorum)
	if reader.ID == l.row.PersonID {
		out.SignedBy = process.PersonRef{Name: "The panel"}
		if out.Valid < smallestTally {
			out.Counts = nil
		}
	}
	return out, nil
}

func seatedIn(l loaded) int {
	n := 0
	for _, seat := range l.seats {
		if seat.State == panelseat.StateSeated {
			n++
		}
	}
	return n
}
