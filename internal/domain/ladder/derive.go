package ladder

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Advice is what the rule of a ladder concludes from ratings. It is for the
// people who decide. It is computed, with its reason, when they look, and never
// stored as a decision.
type Advice struct {
	Rule    RuleType     `json:"rule" enum:"points,shape,count,average"`
	Level   string       `json:"level" doc:"the level that the ratings support; empty if none"`
	Reached bool         `json:"reached" doc:"whether the ratings reach the target"`
	Reason  string       `json:"reason" doc:"how it was computed"`
	Parts   []AdvicePart `json:"parts" doc:"competency by competency, in the ladder's order"`
}

// AdvicePart is what one competency adds. Points are places on its scale.
type AdvicePart struct {
	Competency string   `json:"competency"`
	Name       string   `json:"name"`
	Have       *int     `json:"have" doc:"null if it is not rated"`
	Needs      *int     `json:"needs,omitempty"`
	Value      *float64 `json:"value,omitempty" doc:"its value in the calculation"`
	Enough     bool     `json:"enough"`
}

// Derive applies the rule to ratings by competency, for a person at one level who
// is compared with another. It is false if the ladder has no rule to compute.
func (r Rubric) Derive(own, target string, ratings map[string]int) (Advice, bool) {
	if r.Rule == nil || r.Rule.Type == NoRule || r.Rule.Type == Manual {
		return Advice{}, false
	}
	d := deriver{rubric: r, rule: *r.Rule, own: own, target: target, ratings: ratings, rows: r.For(target)}
	a := Advice{Rule: r.Rule.Type, Parts: []AdvicePart{}}
	for _, c := range d.rows {
		a.Parts = append(a.Parts, d.part(c))
	}
	switch r.Rule.Type {
	case Points:
		d.points(&a)
	case ByShape:
		d.shape(&a)
	case Count:
		d.count(&a)
	case Average:
		d.average(&a)
	}
	return a, true
}

type deriver struct {
	rubric      Rubric
	rule        Rule
	own, target string
	ratings     map[string]int
	rows        []Competency
}

func (d deriver) part(c Competency) AdvicePart {
	p := AdvicePart{Competency: c.Code, Name: c.Name}
	have, rated := d.ratings[c.Code]
	if rated {
		value := d.value(c, have)
		p.Have, p.Value = &have, &value
	}
	if d.rule.Type == ByShape {
		needs := c.Needs(d.target)
		p.Needs = &needs
		p.Enough = rated && have >= needs-d.rule.Tolerance
	}
	return p
}

// value of a point: the value on the scale, or else its place.
func (d deriver) value(c Competency, point int) float64 {
	scale := d.rubric.ScaleOf(c)
	if point < 0 || point >= len(scale) || scale[point].Value == nil {
		return float64(point)
	}
	return *scale[point].Value
}

// points adds up the values and takes the highest threshold that is reached.
func (d deriver) points(a *Advice) {
	sum, terms := 0.0, []string{}
	for i := range a.Parts {
		if v := a.Parts[i].Value; v != nil {
			sum += *v
			a.Parts[i].Enough = *v > 0
			terms = append(terms, number(*v))
		}
	}
	next := len(d.rule.Thresholds)
	for i, threshold := range d.rule.Thresholds {
		if sum < threshold {
			next = i
			break
		}
		a.Level = d.rule.Levels[i]
	}
	a.Reached = slices.Contains(d.rule.Levels[:next], d.target)
	a.Reason = fmt.Sprintf("%s = %s points.", orNothing(strings.Join(terms, " + ")), number(sum))
	if a.Level != "" {
		a.Reason += fmt.Sprintf(" %s starts at %s.", a.Level, number(d.rule.Thresholds[next-1]))
	}
	if next < len(d.rule.Thresholds) {
		a.Reason += fmt.Sprintf(" %s needs %s more.", d.rule.Levels[next], number(d.rule.Thresholds[next]-sum))
	}
}

func orNothing(text string) string {
	if text == "" {
		return "0"
	}
	return text
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// shape counts the competencies that reach what the level expects.
func (d deriver) shape(a *Advice) {
	met, short := 0, []string{}
	for _, p := range a.Parts {
		if p.Enough {
			met++
		} else {
			short = append(short, p.Name)
		}
	}
	need := d.rule.MinMet
	if need == 0 || need > len(a.Parts) {
		need = len(a.Parts)
	}
	a.Reached = met >= need
	if a.Reached {
		a.Level = d.target
	}
	a.Reason = fmt.Sprintf("%d of %d reach what %s expects%s; %d are needed.", met, len(a.Parts), d.target, tolerance(d.rule.Tolerance), need)
	if len(short) > 0 {
		a.Reason += " Below it: " + strings.Join(short, ", ") + "."
	}
}

func tolerance(steps int) string {
	if steps == 0 {
		return ""
	}
	return fmt.Sprintf(", at most %d below", steps)
}

// count takes the highest level of the rule whose demands are met and explains
// what the target needs. If the target is not in the rule, it explains what the
// next level needs.
func (d deriver) count(a *Advice) {
	for _, demand := range d.rule.Counts {
		ok, why := d.demanded(demand)
		if ok {
			a.Level = demand.Level
		}
		if demand.Level == d.target {
			a.Reached, a.Reason = ok, why
			break
		}
		if !ok && a.Reason == "" {
			a.Reason = why
		}
	}
	for i := range a.Parts {
		a.Parts[i].Enough = a.Parts[i].Have != nil
	}
}

func (d deriver) demanded(demand Counting) (bool, string) {
	if demand.NoneBelow != "" {
		for _, c := range d.rows {
			if !d.atLeast(c, demand.NoneBelow) {
				return false, fmt.Sprintf("%s asks for nothing below %s, and %s is.", demand.Level, d.label(demand.NoneBelow), c.Name)
			}
		}
	}
	var reasons []string
	for _, way := range demand.Any {
		ok, why := d.way(way)
		if ok {
			return true, fmt.Sprintf("%s is reached: %s.", demand.Level, why)
		}
		reasons = append(reasons, why)
	}
	return false, fmt.Sprintf("%s is not reached: %s.", demand.Level, strings.Join(reasons, "; "))
}

// way counts the competencies that reach a point, and says how many there are.
func (d deriver) way(w Way) (bool, string) {
	have, need := 0, w.N
	var missing []string
	for _, c := range d.rows {
		switch {
		case d.atLeast(c, w.At):
			have++
		case slices.Contains(w.Including, c.Code):
			missing = append(missing, c.Name)
		}
	}
	if w.All {
		need = len(d.rows)
	}
	why := fmt.Sprintf("%d at %s or above, %d needed", have, d.label(w.At), need)
	if len(missing) > 0 {
		why += ", without " + strings.Join(missing, ", ")
	}
	ok := have >= need && len(missing) == 0
	for _, more := range w.And {
		also, how := d.way(more)
		ok, why = ok && also, why+", and "+how
	}
	return ok, why
}

func (d deriver) atLeast(c Competency, key string) bool {
	have, rated := d.ratings[c.Code]
	need := slices.IndexFunc(d.rubric.ScaleOf(c), func(p ScalePoint) bool { return p.Key == key })
	return rated && need >= 0 && have >= need
}

func (d deriver) label(key string) string {
	for _, c := range d.rows {
		for _, p := range d.rubric.ScaleOf(c) {
			if p.Key == key {
				return p.Label
			}
		}
	}
	return key
}

// average computes the weighted mean; the guards are checked first.
func (d deriver) average(a *Advice) {
	_, track, _ := d.rubric.Level(d.target)
	sum, weights, barred := 0.0, 0.0, []string{}
	for i, c := range d.rows {
		p := &a.Parts[i]
		weight := d.weight(track, c)
		weights += weight
		if p.Value == nil {
			barred = append(barred, c.Name+" is not rated")
			continue
		}
		sum += weight * *p.Value
		p.Enough = true
		if point := d.rubric.ScaleOf(c)[*p.Have]; slices.Contains(d.rule.Without, point.Key) {
			p.Enough = false
			barred = append(barred, fmt.Sprintf("%s is at %s", c.Name, point.Label))
		}
	}
	if weights == 0 {
		a.Reason = "Nothing counts at this level."
		return
	}
	mean := sum / weights
	if d.rule.NoSkip && !d.follows() {
		barred = append(barred, fmt.Sprintf("%s does not follow %s", d.target, d.own))
	}
	a.Reached = mean > *d.rule.Above && len(barred) == 0
	if a.Reached {
		a.Level = d.target
	}
	a.Reason = fmt.Sprintf("The weighted mean is %s / %s = %.2f; it must be above %s.", number(sum), number(weights), mean, number(*d.rule.Above))
	if len(barred) > 0 {
		a.Reason += " " + strings.Join(barred, "; ") + "."
	}
}

func (d deriver) weight(track string, c Competency) float64 {
	weight := 1.0
	for _, w := range d.rule.Weights {
		if w.Competency == c.Code && (w.Track == "" || w.Track == track) {
			weight = w.Weight
		}
	}
	return weight
}

// follows reports whether the target is a next step from the person's own level.
func (d deriver) follows() bool {
	level, _, ok := d.rubric.Level(d.own)
	return !ok || d.own == d.target || slices.Contains(level.Next, d.target)
}

// rule checks that a rule can be computed.
func (v *validator) rule() {
	rule := v.document.Rule
	if rule == nil {
		return
	}
	for i, code := range rule.Levels {
		v.knownLevel(code, at("rule", "levels", i))
	}
	switch rule.Type {
	case Points:
		v.thresholds(*rule)
	case ByShape:
		if len(v.document.Expectations) == 0 && v.complete {
			v.failf("/rule", "add expectations", "a rule of type shape needs expectations to compare with")
		}
	case Count:
		v.counts(*rule)
	case Average:
		v.averages(*rule)
	}
}

func (v *validator) thresholds(rule Rule) {
	if len(rule.Thresholds) == 0 || len(rule.Thresholds) != len(rule.Levels) {
		v.failf("/rule", "give each level one threshold", "there are %d thresholds for %d levels", len(rule.Thresholds), len(rule.Levels))
	}
	for i := 1; i < len(rule.Thresholds); i++ {
		if rule.Thresholds[i] <= rule.Thresholds[i-1] {
			v.failf(at("rule", "thresholds", i), "make the thresholds rise", "threshold %s does not rise above %s", number(rule.Thresholds[i]), number(rule.Thresholds[i-1]))
		}
	}
}

func (v *validator) counts(rule Rule) {
	if len(rule.Counts) == 0 {
		v.failf("/rule", "add counts", "there is nothing to count")
	}
	for i, demand := range rule.Counts {
		path := at("rule", "counts", i)
		v.knownLevel(demand.Level, path+"/level")
		v.knownPoint(demand.NoneBelow, path+"/noneBelow")
		for j, way := range demand.Any {
			v.way(way, at2(path, "any", j))
		}
	}
}

func (v *validator) way(way Way, path string) {
	v.knownPoint(way.At, path+"/at")
	if way.N == 0 && !way.All && len(way.Including) == 0 {
		v.failf(path, "add n: 2 or all: true", "it does not say how many")
	}
	for i, code := range way.Including {
		v.knownCompetency(code, at2(path, "including", i))
	}
	for i, more := range way.And {
		v.way(more, at2(path, "and", i))
	}
}

func (v *validator) knownPoint(key, path string) {
	if key == "" || !v.complete {
		return
	}
	scales := []Scale{Standard}
	for _, scale := range v.document.Scales {
		scales = append(scales, scale)
	}
	if !slices.ContainsFunc(scales, func(s Scale) bool { return s.index(key) >= 0 }) {
		v.failf(path, "name a point of a scale", "point %q does not exist", key)
	}
}

func (v *validator) averages(rule Rule) {
	if rule.Above == nil {
		v.failf("/rule", "add above: 1.7", "it does not say which value the mean must exceed")
	}
	for i, key := range rule.Without {
		v.knownPoint(key, at("rule", "without", i))
	}
	sum := 0.0
	for i, w := range rule.Weights {
		sum += w.Weight
		v.knownCompetency(w.Competency, at("rule", "weights", i, "competency"))
		known := slices.ContainsFunc(v.document.Tracks, func(t Track) bool { return t.Code == w.Track })
		if w.Track != "" && !known && v.complete {
			v.failf(at("rule", "weights", i, "track"), "name a track of this ladder", "track %q does not exist", w.Track)
		}
	}
	if len(rule.Weights) > 0 && sum == 0 {
		v.failf("/rule/weights", "give one of them a weight", "all weights are 0")
	}
}
