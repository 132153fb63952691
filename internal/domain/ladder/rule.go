package ladder

// RuleType is how ratings become advice about a level.
type RuleType string

// These are the types of rule. None and manual compute nothing.
const (
	NoRule  RuleType = "none"
	Manual  RuleType = "manual"
	Points  RuleType = "points"
	ByShape RuleType = "shape"
	Count   RuleType = "count"
	Average RuleType = "average"
)

// Rule derives a level from ratings. Its result is advice for the people who
// decide, with its reason, and never the decision.
type Rule struct {
	Type RuleType `json:"type" yaml:"type"`
	// Points: the sum of the values of the points reached, and the sum from which
	// each level is reached. Thresholds rise, and there are as many as levels.
	Thresholds []float64 `json:"thresholds,omitempty" yaml:"thresholds,omitempty,flow"`
	Levels     []string  `json:"levels,omitempty" yaml:"levels,omitempty,flow"`
	// Shape: how many steps below its expectation each competency may be, and how
	// many competencies must reach it; 0 means all.
	Tolerance int `json:"tolerance,omitempty" yaml:"tolerance,omitempty"`
	MinMet    int `json:"minMet,omitempty" yaml:"minMet,omitempty"`
	// Count: what each level needs.
	Counts []Counting `json:"counts,omitempty" yaml:"counts,omitempty"`
	// Average: the value that the mean must exceed, and points that nobody may
	// have.
	Above   *float64      `json:"above,omitempty" yaml:"above,omitempty"`
	Without []string      `json:"without,omitempty" yaml:"without,omitempty,flow"`
	NoSkip  bool          `json:"noSkip,omitempty" yaml:"noSkip,omitempty"` // only the next level can be reached
	Weights []TrackWeight `json:"weights,omitempty" yaml:"weights,omitempty"`
}

// Counting is met if one of its ways is met and nothing is below the floor.
type Counting struct {
	Level     string `json:"level" yaml:"level"`
	Any       []Way  `json:"any" yaml:"any"`
	NoneBelow string `json:"noneBelow,omitempty" yaml:"noneBelow,omitempty"` // key of a point
}

// Way needs a number of competencies at a point or above, and some of them by
// name.
type Way struct {
	At        string   `json:"at" yaml:"at"`
	N         int      `json:"n,omitempty" yaml:"n,omitempty"`
	All       bool     `json:"all,omitempty" yaml:"all,omitempty"`
	Including []string `json:"including,omitempty" yaml:"including,omitempty,flow"`
	And       []Way    `json:"and,omitempty" yaml:"and,omitempty"`
}

// TrackWeight is how much a competency counts on a track; the default is 1.
type TrackWeight struct {
	Track      string  `json:"track,omitempty" yaml:"track,omitempty"`
	Competency string  `json:"competency" yaml:"competency"`
	Weight     float64 `json:"weight" yaml:"weight"`
}

// typed is the rule, or none when it has no type.
func (r *Rule) typed() *Rule {
	if r.Type == "" {
		return nil
	}
	return r
}
