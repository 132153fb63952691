package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/assessment"
	"github.com/rung-hr/rung/internal/domain/compensation"
	"github.com/rung-hr/rung/internal/domain/home"
	"github.com/rung-hr/rung/internal/domain/people"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/platform/names"
	"github.com/rung-hr/rung/internal/trust/process"
)

// floor is the least that a server must do for the same answers: the session, the
// permission, the best SQL known and the same JSON. What is the same in every
// request (texts of the ladder, words of the bar) comes from Rung's own answers,
// which are its shapes.
type floor struct {
	*statements
	shapes map[string]json.RawMessage // by request.key without the person
}

var errDenied = errors.New("denied")

func serveFloor(address, database, shapes string) error {
	s, err := openFloor(database)
	if err != nil {
		return err
	}
	f := floor{statements: s}
	content, err := os.ReadFile(shapes)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, &f.shapes); err != nil {
		return err
	}
	mux := http.NewServeMux()
	handle(mux, "GET /api/v1/assessments/{id}", &f, f.assessment)
	handle(mux, "GET /api/v1/team", &f, f.team)
	handle(mux, "GET /api/v1/people", &f, f.list)
	handle(mux, "GET /api/v1/bands/comparison", &f, f.comparison)
	handle(mux, "PUT /api/v1/assessments/{id}/items/{competency}", &f, f.rate)
	server := &http.Server{Addr: address, Handler: mux, ReadHeaderTimeout: time.Second}
	return server.ListenAndServe()
}

// reader is the person who asks.
type reader struct {
	id    string
	roles string
}

// handle decodes the shape of each answer once and gives answer a copy.
func handle[T any](mux *http.ServeMux, pattern string, f *floor, answer func(*http.Request, reader, T) (T, error)) {
	shapes := map[string]T{}
	for key, raw := range f.shapes {
		var shape T
		if json.Unmarshal(raw, &shape) == nil {
			shapes[key] = shape
		}
	}
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		who, err := f.authenticate(r)
		if err != nil {
			http.Error(w, "signed out", http.StatusUnauthorized)
			return
		}
		out, err := answer(r, who, shapes[who.id+" "+r.URL.RequestURI()])
		if err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(out) // the client has gone
	})
}

func (f *floor) authenticate(r *http.Request) (reader, error) {
	cookie, err := r.Cookie("rung_session")
	if err != nil {
		return reader{}, err
	}
	sum := sha256.Sum256([]byte(cookie.Value))
	var who reader
	var status string
	var seen, expires time.Time
	if err := f.session.QueryRowContext(r.Context(), sum[:]).Scan(&who.id, &status, &who.roles, &seen, &expires); err != nil {
		return who, err
	}
	if status != "active" || !expires.After(clock.System{}.Now()) {
		return who, errDenied
	}
	return who, nil
}

func (r reader) mayReadPay() bool { return strings.Contains(r.roles, `"hr"`) }

func (f *floor) assessment(r *http.Request, who reader, out assessment.Assessment) (assessment.Assessment, error) {
	id := r.PathValue("id")
	var manager sql.NullString
	err := f.head.QueryRowContext(r.Context(), id, who.id).
		Scan(&out.Version, &out.State, &out.Subject.Name, &out.Subject.Level, &out.Subject.Title, &manager)
	if err != nil {
		return out, err
	}
	out.Items = slices.Clone(out.Items)
	err = each(r.Context(), f.items, func(rows *sql.Rows) error {
		var code, reason string
		var version int
		var rating *int
		err := rows.Scan(&code, &version, &rating, &reason)
		if at := slices.IndexFunc(out.Items, func(i assessment.Item) bool { return i.Competency == code }); at >= 0 {
			out.Items[at].Version, out.Items[at].Rating, out.Items[at].Reason = version, rating, reason
		}
		return err
	}, id)
	if err != nil {
		return out, err
	}
	return out, each(r.Context(), f.evidence, func(rows *sql.Rows) error {
		var code, piece, title string
		return rows.Scan(&code, &piece, &title)
	}, id)
}

func each(ctx context.Context, stmt *sql.Stmt, scan func(*sql.Rows) error, args ...any) error {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (f *floor) team(r *http.Request, who reader, out home.Team) (home.Team, error) {
	shape := out.Rows
	out.Rows = make([]home.TeamRow, 0, len(shape))
	err := each(r.Context(), f.statements.team, func(rows *sql.Rows) error {
		row := shape[len(out.Rows)]
		var state sql.NullString
		err := rows.Scan(&row.Person.ID, &row.Person.Name, &row.Person.Level, &row.Person.Title, &state, &row.Self.Done)
		row.Self.State = cmp.Or(state.String, "none")
		out.Rows = append(out.Rows, row)
		return err
	}, who.id)
	if err != nil {
		return out, err
	}
	return out, each(r.Context(), f.cases, func(rows *sql.Rows) error {
		var about, id, state string
		return rows.Scan(&about, &id, &state)
	}, who.id)
}

// page is the form of a list.
type page struct {
	Items      []people.Entry `json:"items"`
	NextCursor *string        `json:"nextCursor"`
}

func (f *floor) list(r *http.Request, who reader, out page) (page, error) {
	out.Items = make([]people.Entry, 0, 51)
	q := r.URL.Query()
	if q.Get("sort") == "pay" {
		return f.byPay(r, who, out)
	}
	from := []byte(names.Fold(q.Get("q")))
	err := each(r.Context(), f.prefix, func(rows *sql.Rows) error {
		e, err := scanEntry(rows)
		out.Items = append(out.Items, e)
		return err
	}, from, append(slices.Clone(from), 0xFF))
	out.Items = out.Items[:min(len(out.Items), 50)]
	return out, err
}

// byPay also records that somebody read pay, because that is part of the task.
func (f *floor) byPay(r *http.Request, who reader, out page) (page, error) {
	if !who.mayReadPay() {
		return out, errDenied
	}
	q := r.URL.Query()
	err := each(r.Context(), f.ranked, func(rows *sql.Rows) error {
		var pay money.Amount
		e, err := scanEntry(rows, &pay.Minor, &pay.Currency)
		e.Pay = &pay
		out.Items = append(out.Items, e)
		return err
	}, q.Get("level"), q.Get("location"))
	if err != nil {
		return out, err
	}
	out.Items = out.Items[:min(len(out.Items), 50)]
	facts := `{"rows":"` + strconv.Itoa(len(out.Items)) + `"}`
	_, err = f.note.ExecContext(r.Context(), uuid.Must(uuid.NewV7()).String(), clock.System{}.Now(), who.id, facts)
	return out, err
}

func scanEntry(rows *sql.Rows, more ...any) (people.Entry, error) {
	var e people.Entry
	var unit, manager uuid.NullUUID
	var unitName, name, level, title sql.NullString
	err := rows.Scan(append([]any{
		&e.ID, &e.Name, &e.Email, &e.Title, &e.Track, &e.Level, &e.Location, &e.Status, &unit, &unitName, &manager, &name, &level, &title,
	}, more...)...)
	if unit.Valid {
		e.Unit = &people.UnitRef{ID: unit.UUID, Name: unitName.String}
	}
	if manager.Valid {
		e.Manager = &process.PersonRef{ID: manager.UUID, Name: name.String, Level: level.String, Title: title.String}
	}
	return e, err
}

func (f *floor) comparison(r *http.Request, who reader, out compensation.BandComparison) (compensation.BandComparison, error) {
	if !who.mayReadPay() {
		return out, errDenied
	}
	groups := map[[2]string][]int64{}
	err := each(r.Context(), f.groups, func(rows *sql.Rows) error {
		var level, location, list string
		err := rows.Scan(&level, &location, &list)
		groups[[2]string{level, location}] = numbers(list)
		return err
	})
	if err != nil {
		return out, err
	}
	out.Rows = slices.Clone(out.Rows)
	for i := range out.Rows {
		row := &out.Rows[i]
		fillRow(row, groups[[2]string{row.Level, row.Location}])
	}
	return out, nil
}

func numbers(list string) []int64 {
	out := make([]int64, 0, len(list)/8)
	for text := range strings.SplitSeq(list, ",") {
		n, _ := strconv.ParseInt(text, 10, 64) // the database wrote it
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

func fillRow(row *compensation.BandRow, pays []int64) {
	row.Headcount = len(pays)
	var sum, cost int64
	below, above := 0, 0
	for _, pay := range pays {
		sum += pay
		cost += max(0, row.Min-pay)
		if pay < row.Min {
			below++
		}
		if pay > row.Max {
			above++
		}
	}
	if small(len(pays)) {
		row.Hidden = true
		return
	}
	row.Below, row.Above = &below, &above
	if len(pays) == 0 {
		return
	}
	mean, median := int64(math.Round(float64(sum)/float64(len(pays)))), int64(math.Round(percentile(pays, 0.5)))
	row.MeanPay, row.MedianPay = &mean, &median
	if !small(below) && !small(len(pays)-below) {
		row.CostToMin = &cost
	}
	of := func(p float64) float64 { return math.Round(percentile(pays, p)/float64(row.Mid)*10_000) / 10_000 }
	row.Compa = &compensation.Compas{P10: of(0.1), P50: of(0.5), P90: of(0.9)}
}

// small says whether figures of so many people would reveal what one of them earns.
func small(people int) bool { return people > 0 && people < 5 }

func percentile(ascending []int64, p float64) float64 {
	rank := p * float64(len(ascending)-1)
	below := int(rank)
	value := float64(ascending[below])
	if below+1 < len(ascending) {
		value += (rank - float64(below)) * float64(ascending[below+1]-ascending[below])
	}
	return value
}

func (f *floor) rate(r *http.Request, who reader, out assessment.Item) (assessment.Item, error) {
	var in assessment.Rating
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return out, err
	}
	version, err := strconv.Atoi(strings.Trim(r.Header.Get("If-Match"), `"`))
	if err != nil {
		return out, err
	}
	res, err := f.save.ExecContext(r.Context(), in.Rating, in.Reason, clock.System{}.Now(), r.PathValue("id"), r.PathValue("competency"), version, who.id)
	if err != nil {
		return out, err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return out, errors.Join(err, errDenied)
	}
	out.Version, out.Rating, out.Reason = version+1, in.Rating, in.Reason
	return out, nil
}
