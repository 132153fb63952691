package access

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
)

// Cell is one question to the policy.
type Cell struct {
	Role     Role
	Relation Relation
	Resource Resource
	Action   Action
}

// Matrix holds the answer of the policy for every cell. It is computed once at
// start, because asking casbin takes a thousand times longer than a look-up.
type Matrix struct {
	allowed map[Cell]bool
	grants  map[grantKey][]Relation
}

type grantKey struct {
	role     Role
	resource Resource
	action   Action
}

// NewMatrix validates the policy and computes every cell. It refuses a policy
// that is empty, has an unknown word, or has a line with missing fields; casbin
// itself would accept such a policy and allow too much.
func NewMatrix(modelText, policyText string) (*Matrix, error) {
	rules, err := parsePolicy(policyText)
	if err != nil {
		return nil, err
	}
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("access: model.conf: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	if err := load(enforcer, rules); err != nil {
		return nil, err
	}
	return compute(enforcer, named(rules))
}

// right is a cell without its role.
type right struct {
	relation Relation
	resource Resource
	action   Action
}

// named returns the rights that the policy names. The matcher tests equality, so
// nobody has any other right and casbin need not be asked about it.
func named(rules []policyLine) map[right]bool {
	out := map[right]bool{}
	for _, r := range rules {
		if f := r.fields; f[0] == "p" {
			out[right{Relation(f[2]), Resource(f[3]), Action(f[4])}] = true
		}
	}
	return out
}

type policyLine struct {
	line   int
	fields []string
}

func parsePolicy(text string) ([]policyLine, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comment, reader.FieldsPerRecord, reader.TrimLeadingSpace = '#', -1, true
	var rules []policyLine
	var problems []error
	for {
		fields, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("access: policy.csv: %w", err)
		}
		line, _ := reader.FieldPos(0)
		if err := checkRule(fields); err != nil {
			problems = append(problems, fmt.Errorf("access: policy.csv:%d: %w", line, err))
		}
		rules = append(rules, policyLine{line, fields})
	}
	if len(rules) == 0 {
		problems = append(problems, errors.New("access: policy.csv is empty"))
	}
	return rules, errors.Join(problems...)
}

func checkRule(f []string) error {
	switch {
	case f[0] == "g" && len(f) == 3:
		return checkWords(word{f[1], known(Roles, f[1])}, word{f[2], known(Roles, f[2])})
	case f[0] == "p" && len(f) == 5:
		return checkWords(word{f[1], known(Roles, f[1])}, word{f[2], known(Relations, f[2])},
			word{f[3], known(Resources, f[3])}, word{f[4], known(Actions, f[4])})
	default:
		return fmt.Errorf("want \"p, role, relation, resource, action\" or \"g, role, role\", have %q", strings.Join(f, ", "))
	}
}

type word struct {
	text  string
	known bool
}

func checkWords(words ...word) error {
	for _, w := range words {
		if !w.known {
			return fmt.Errorf("unknown word %q", w.text)
		}
	}
	return nil
}

func load(e *casbin.Enforcer, rules []policyLine) error {
	for _, r := range rules {
		add := e.AddPolicy
		if r.fields[0] == "g" {
			add = e.AddGroupingPolicy
		}
		added, err := add(r.fields[1:])
		if err != nil {
			return fmt.Errorf("access: policy.csv:%d: %w", r.line, err)
		}
		if !added {
			return fmt.Errorf("access: policy.csv:%d: is repeated", r.line)
		}
	}
	return nil
}

func compute(e *casbin.Enforcer, asked map[right]bool) (*Matrix, error) {
	m := &Matrix{allowed: map[Cell]bool{}, grants: map[grantKey][]Relation{}}
	for cell := range cells {
		if !asked[right{cell.Relation, cell.Resource, cell.Action}] {
			continue
		}
		yes, err := e.Enforce(string(cell.Role), string(cell.Relation), string(cell.Resource), string(cell.Action))
		if err != nil {
			return nil, fmt.Errorf("access: %w", err)
		}
		if yes {
			m.allowed[cell] = true
			key := grantKey{cell.Role, cell.Resource, cell.Action}
			m.grants[key] = append(m.grants[key], cell.Relation)
		}
	}
	return m, nil
}

// cells yields every cell in the order of the vocabulary.
func cells(yield func(Cell) bool) {
	for _, role := range Roles {
		for _, resource := range Resources {
			for _, action := range Actions {
				for _, relation := range Relations {
					if !yield(Cell{role, relation, resource, action}) {
						return
					}
				}
			}
		}
	}
}

// Allows reports whether the policy allows one cell.
func (m *Matrix) Allows(c Cell) bool { return m.allowed[c] }

// Relations returns each relation that gives any of the roles the action, in the
// order of the vocabulary.
func (m *Matrix) Relations(roles []string, resource Resource, action Action) []Relation {
	var out []Relation
	for _, role := range roles {
		for _, rel := range m.grants[grantKey{Role(role), resource, action}] {
			if !slices.Contains(out, rel) {
				out = append(out, rel)
			}
		}
	}
	return out
}

// String prints every allowed cell, one per line, in the order of the vocabulary.
// It is the golden file and the output of `rung policy matrix`.
func (m *Matrix) String() string {
	var b strings.Builder
	for c := range cells {
		if m.allowed[c] {
			fmt.Fprintf(&b, "%-9s %-15s %-11s %s\n", c.Role, c.Relation, c.Resource, c.Action)
		}
	}
	return b.String()
}
