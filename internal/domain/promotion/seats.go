package promotion

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
	"github.com/rung-hr/rung/internal/trust/process"
)

// PanelMember is a seat as HR and the chair see it. It contains nothing of a
// ballot.
type PanelMember struct {
	ID     uuid.UUID         `json:"id"`
	Person process.PersonRef `json:"person"`
	Chair  bool              `json:"chair"`
	State  string            `json:"state" enum:"seated,recused"`
	Why    string            `json:"why" doc:"the reason of a recusal"`
}

// Seats lists the panel in the order of seating. HR partners in scope and the
// chair may read it.
//
// It returns a NotFound fault for a case that the actor may not see, and a
// Forbidden fault to everybody else.
func (s *Service) Seats(ctx context.Context, id uuid.UUID) ([]PanelMember, error) {
	l, err := s.head(ctx, s.Store.Read(), id, access.Seats, access.Read)
	if err != nil {
		return nil, err
	}
	out := []PanelMember{}
	for _, seat := range l.seats {
		out = append(out, PanelMember{ID: seat.ID, Person: process.RefOf(seat.Edges.Person), Chair: seat.Chair, State: string(seat.State), Why: seat.Why})
	}
	return out, nil
}

// Seating is the panel that HR chooses.
type Seating struct {
	PersonIDs []uuid.UUID `json:"personIds" minItems:"5" maxItems:"5" doc:"five people"`
	ChairID   uuid.UUID   `json:"chairId" doc:"one of them"`
}

// Seat puts five people on the panel of a case that has no open vote, and
// returns the panel. HR partners may, in their scope.
//
// It returns an Invalid fault with everybody who has a conflict of interest and
// why, all at once, a Conflict fault when the state does not allow it, a
// NotFound fault for a case that the actor may not see, and a Forbidden fault
// to everybody else.
func (s *Service) Seat(ctx context.Context, id uuid.UUID, in Seating) ([]PanelMember, error) {
	err := s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.head(ctx, tx, id, access.Seats, access.Update)
		if err != nil {
			return err
		}
		if !inState(l.row.State, Submitted, OnHold) {
			return fault.Clash("The panel can be seated after submission and before the vote opens.").WithCode("wrong_state")
		}
		if err := s.checkSeating(ctx, tx, l, in); err != nil {
			return err
		}
		if err := s.reseat(ctx, tx, l, in); err != nil {
			return err
		}
		return s.Trail.Record(ctx, tx, audit.Entry{Action: audit.PanelSeated, Resource: "case", ID: id, Owner: l.row.PersonID})
	})
	if err != nil {
		return nil, err
	}
	return s.Seats(ctx, id)
}

func (s *Service) checkSeating(ctx context.Context, tx *db.Client, l loaded, in Seating) error {
	unique := slices.Clone(in.PersonIDs)
	slices.SortFunc(unique, func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	if len(slices.Compact(unique)) != panelSeats {
		return fault.Bad("A panel has five different people.", fault.Detail{Pointer: "/personIds", Message: fmt.Sprintf("%d people", len(unique)), Fix: "Choose five."})
	}
	if !slices.Contains(in.PersonIDs, in.ChairID) {
		return fault.Bad("The chair must be on the panel.", fault.Detail{Pointer: "/chairId", Message: "not one of the five", Fix: "Choose one of the five as chair."})
	}
	found, err := tx.Person.Query().Where(person.IDIn(in.PersonIDs...)).All(ctx)
	if err != nil {
		return err
	}
	stakes, err := s.stakesIn(ctx, tx, l)
	if err != nil {
		return err
	}
	var wrong []fault.Detail
	for i, id := range in.PersonIDs {
		at := slices.IndexFunc(found, func(p *db.Person) bool { return p.ID == id })
		why := "is not a person here"
		if at >= 0 {
			why = stakes.against(l, found[at])
		}
		if why != "" {
			wrong = append(wrong, fault.Detail{Pointer: fmt.Sprintf("/personIds/%d", i), Field: nameAt(found, at), Message: nameAt(found, at) + " " + why + ".", Fix: "Choose somebody else."})
		}
	}
	if len(wrong) > 0 {
		return fault.Bad("Some of them cannot sit on this panel.", wrong...)
	}
	return nil
}

func nameAt(list []*db.Person, at int) string {
	if at < 0 {
		return "One of them"
	}
	return list[at].Name
}

// stakes are the people who are too close to a case to decide it.
type stakes struct {
	above, below map[uuid.UUID]bool
	recused      map[uuid.UUID]bool
	seating      uuid.UUID // who chooses the panel
}

func (s *Service) stakesIn(ctx context.Context, client *db.Client, l loaded) (stakes, error) {
	out := stakes{above: map[uuid.UUID]bool{}, below: map[uuid.UUID]bool{}, recused: map[uuid.UUID]bool{}, seating: actor.Of(ctx).ID}
	lines, err := client.ReportingLine.Query().
		Where(reportingline.Or(reportingline.PersonID(l.row.PersonID), reportingline.AncestorID(l.row.PersonID))).All(ctx)
	if err != nil {
		return out, err
	}
	for _, line := range lines {
		if line.PersonID == l.row.PersonID {
			out.above[line.AncestorID] = true
		} else {
			out.below[line.PersonID] = true
		}
	}
	for _, seat := range l.seats {
		if seat.State == panelseat.StateRecused {
			out.recused[seat.PersonID] = true
		}
	}
	return out, nil
}

// against says why a person may not sit on the panel, or "" if they may. A panel
// member's level must be at least as high as the target.
func (st stakes) against(l loaded, p *db.Person) string {
	target, _, _ := l.doc.Level(l.row.ToLevel)
	own, _, known := l.doc.Level(p.Level)
	switch {
	case p.Status != person.StatusActive:
		return "no longer works here"
	case p.ID == l.row.PersonID:
		return "is the candidate"
	case p.ID == st.seating:
		return "chooses this panel, and nobody seats themselves"
	case l.row.Edges.Person.ManagerID != nil && *l.row.Edges.Person.ManagerID == p.ID:
		return "manages the candidate"
	case st.above[p.ID]:
		return "is above the candidate in the reporting line"
	case st.below[p.ID]:
		return "reports to the candidate"
	case st.recused[p.ID]:
		return "has declared a conflict"
	case sameUnit(p, l.row.Edges.Person):
		return "is on the candidate's team"
	case !known || own.Ordinal < target.Ordinal:
		return "is below the level that the case is about"
	default:
		return ""
	}
}

func sameUnit(a, b *db.Person) bool {
	return a.UnitID != nil && b.UnitID != nil && *a.UnitID == *b.UnitID
}

func (s *Service) reseat(ctx context.Context, tx *db.Client, l loaded, in Seating) error {
	var keep []uuid.UUID
	for _, seat := range l.seats {
		if seat.State == panelseat.StateRecused {
			continue
		}
		if !slices.Contains(in.PersonIDs, seat.PersonID) && l.row.VoteOpenedAt == nil {
			if err := tx.PanelSeat.DeleteOneID(seat.ID).Exec(ctx); err != nil {
				return err
			}
			continue
		}
		keep = append(keep, seat.PersonID)
		if err := tx.PanelSeat.UpdateOneID(seat.ID).SetChair(seat.PersonID == in.ChairID).Exec(ctx); err != nil {
			return err
		}
	}
	for _, id := range in.PersonIDs {
		if slices.Contains(keep, id) {
			continue
		}
		err := tx.PanelSeat.Create().
			SetCaseID(l.row.ID).SetPersonID(id).SetChair(id == in.ChairID).SetSeatedAt(s.Clock.Now()).Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// Eligible is a person who could be seated, or the reason why not.
type Eligible struct {
	Person   process.PersonRef `json:"person"`
	Eligible bool              `json:"eligible"`
	Why      string            `json:"why,omitempty"`
}

const candidateLimit = 30

// Candidates lists people whose name starts with the text, those who may sit on
// the panel first, at most 30. HR partners may, in their scope.
//
// It returns a NotFound fault for a case that the actor may not see, and a
// Forbidden fault to everybody else.
func (s *Service) Candidates(ctx context.Context, id uuid.UUID, prefix string) ([]Eligible, error) {
	client := s.Store.Read()
	l, err := s.head(ctx, client, id, access.Seats, access.Update)
	if err != nil {
		return nil, err
	}
	stakes, err := s.stakesIn(ctx, client, l)
	if err != nil {
		return nil, err
	}
	q := client.Person.Query().Where(person.StatusEQ(person.StatusActive)).Order(db.Asc(person.FieldNameKey), db.Asc(person.FieldID))
	if prefix != "" {
		q.Where(names.StartingWith(prefix))
	} else {
		q.Where(person.LevelIn(levelsFrom(l)...))
	}
	rows, err := q.Limit(candidateLimit).All(ctx)
	if err != nil {
		return nil, err
	}
	out := []Eligible{}
	for _, p := range rows {
		why := stakes.against(l, p)
		out = append(out, Eligible{Person: process.RefOf(p), Eligible: why == "", Why: why})
	}
	slices.SortStableFunc(out, func(a, b Eligible) int { return len(a.Why) - len(b.Why) })
	return out, nil
}

// levelsFrom are the levels at least as high as the target.
func levelsFrom(l loaded) []string {
	target, _, _ := l.doc.Level(l.row.ToLevel)
	var out []string
	for _, level := range l.doc.Levels() {
		if level.Ordinal >= target.Ordinal {
			out = append(out, level.Code)
		}
	}
	return out
}

// Recusing is a conflict of interest that a panel member declares.
type Recusing struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
}

// Recuse takes the actor off a panel before the vote closes. A ballot that was
// sealed no longer counts, and the quorum follows the seats that are left. Only
// a member of the panel may call it.
//
// It returns an Invalid fault without a reason, a Conflict fault after the
// close, and the faults of Ballot.
func (s *Service) Recuse(ctx context.Context, id uuid.UUID, in Recusing) error {
	reader := actor.Of(ctx)
	return s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		l, err := s.head(ctx, tx, id, access.Ballots, access.Recuse)
		if err != nil {
			return err
		}
		if l.row.State != BlindVote {
			return fault.Clash("The vote is closed.").WithCode("wrong_state")
		}
		if trimmed(in.Reason) == "" {
			return fault.Bad("Say what the conflict is.", fault.Detail{Pointer: "/reason", Message: "empty", Fix: "HR and the chair read it. One sentence is enough."})
		}
		if err := s.lock(ctx, tx, id); err != nil {
			return err
		}
		_, err = tx.PanelSeat.Update().
			Where(panelseat.CaseID(id), panelseat.PersonID(reader.ID), panelseat.StateEQ(panelseat.StateSeated)).
			SetState(panelseat.StateRecused).SetWhy(trimmed(in.Reason)).
			Save(ctx)
		if err != nil {
			return err
		}
		if err := s.Trail.Record(ctx, tx, audit.Entry{Action: audit.SeatRecused, Resource: "case", ID: id, Owner: l.row.PersonID}); err != nil {
			return err
		}
		return s.closeIfAllIn(ctx, tx, id)
	})
}
