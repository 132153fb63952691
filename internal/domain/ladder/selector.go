package ladder

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// selector picks levels: every clause must hold. It is written as
//
//	track in (IC, TL) and level >= IC5 and discipline = backend
type selector []clause

type clause struct {
	field, operator string
	values          []string
}

// place is one level seen by a selector.
type place struct {
	level            Level
	track            Track
	discipline, team string
}

var (
	clausePattern  = regexp.MustCompile(`^(track|level|kind|discipline|team)\s*(>=|<=|!=|=|>|<|\bnot\s+in\b|\bin\b)\s*(.+)$`)
	andPattern     = regexp.MustCompile(`\s+and\s+`)
	operandPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
)

// parseSelector reads a selector; the empty one picks everything.
func parseSelector(text string) (selector, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	var out selector
	for _, part := range andPattern.Split(strings.TrimSpace(text), -1) {
		found := clausePattern.FindStringSubmatch(part)
		if found == nil {
			return nil, fmt.Errorf("%q is not a condition", part)
		}
		c := clause{field: found[1], operator: strings.Join(strings.Fields(found[2]), " ")}
		values := found[3]
		if many := strings.HasSuffix(c.operator, "in"); many {
			inner, ok := strings.CutPrefix(values, "(")
			inner, closed := strings.CutSuffix(inner, ")")
			if !ok || !closed {
				return nil, fmt.Errorf("%q needs a list in brackets", part)
			}
			values = inner
		}
		for value := range strings.SplitSeq(values, ",") {
			value = strings.TrimSpace(value)
			if !operandPattern.MatchString(value) {
				return nil, fmt.Errorf("%q is not a value in %q", value, part)
			}
			c.values = append(c.values, value)
		}
		if !strings.HasSuffix(c.operator, "in") && len(c.values) > 1 || strings.ContainsAny(c.operator, "<>") && c.field != "level" {
			return nil, fmt.Errorf("%q compares two things that cannot be compared", part)
		}
		out = append(out, c)
	}
	return out, nil
}

// selectorHelp says how to write a selector.
const selectorHelp = "write conditions such as: track in (IC, TL) and level >= IC5"

// picks reports whether the selector holds at a place of the ladder.
func (s selector) picks(at place, levels map[string]Level) bool {
	for _, c := range s {
		if !c.holds(at, levels) {
			return false
		}
	}
	return true
}

func (c clause) holds(at place, levels map[string]Level) bool {
	have := map[string]string{
		"track": at.track.Code, "level": at.level.Code, "kind": string(at.track.Kind), "discipline": at.discipline, "team": at.team,
	}[c.field]
	among := slices.ContainsFunc(c.values, func(value string) bool { return strings.EqualFold(value, have) })
	switch c.operator {
	case "=", "in":
		return among
	case "!=", "not in":
		return !among
	}
	order := cmp.Compare(at.level.Ordinal, levels[c.values[0]].Ordinal)
	switch c.operator {
	case ">=":
		return order >= 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order < 0
}

// levelsNamed are the levels that the selector refers to.
func (s selector) levelsNamed() []string {
	var codes []string
	for _, c := range s {
		if c.field == "level" {
			codes = append(codes, c.values...)
		}
	}
	return codes
}
