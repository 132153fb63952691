package compensation

import (
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/money"
	"github.com/rung-hr/rung/internal/trust/process"
)

// BandComparison compares what people earn with the bands in force on a day. All
// amounts are base pay for a year of full time, in the currency of the band.
type BandComparison struct {
	AsOf         clock.Date    `json:"asOf"`
	Set          SetRef        `json:"set"`
	Basis        string        `json:"basis"`
	ComputedFrom Source        `json:"computedFrom"`
	Locations    []LocationRef `json:"locations"`
	View         string        `json:"view" enum:"people,buckets" doc:"with exact pay, or only what is published"`
	SmallGroup   int           `json:"smallGroup" doc:"figures of fewer people are not published"`
	Rows         []BandRow     `json:"rows"`
	Heat         []HeatRow     `json:"heat"`
	Outside      []Outlier     `json:"outside" doc:"largest gap first, at most 200; empty in the view of buckets"`
	Warnings     []Warning     `json:"warnings"`
	Totals       Totals        `json:"totals"`
	StepUp       bool          `json:"stepUp" doc:"you would see people after signing in again"`
}

// SetRef names the band set in force.
type SetRef struct {
	ID        uuid.UUID  `json:"id"`
	Name      string     `json:"name"`
	Status    string     `json:"status" enum:"live,archived,none"`
	ValidFrom clock.Date `json:"validFrom"`
}

// Source is the data that a comparison was computed from.
type Source struct {
	SnapshotVersion int64 `json:"snapshotVersion" doc:"grows with every change of people, bands or pay"`
	People          int   `json:"people"`
	Bands           int   `json:"bands"`
}

// LocationRef is a location with bands.
type LocationRef struct {
	Code     string `json:"code"`
	Currency string `json:"currency"`
	People   int    `json:"people"`
}

// BandRow is the band of a level at a location, and who is in it.
type BandRow struct {
	Level     string `json:"level"`
	Title     string `json:"title"`
	Track     string `json:"track"`
	Location  string `json:"location"`
	Currency  string `json:"currency"`
	Min       int64  `json:"min" doc:"in minor units, like all amounts of the row"`
	Mid       int64  `json:"mid"`
	Max       int64  `json:"max"`
	Headcount int    `json:"headcount" doc:"people with pay in the currency of the band"`
	// The following fields are missing in an empty group and in one that is hidden.
	MedianPay *int64     `json:"medianPay"`
	MeanPay   *int64     `json:"meanPay"`
	Compa     *Compas    `json:"compa,omitempty" doc:"percentiles of pay / midpoint, type R-7"`
	Below     *int       `json:"below"`
	Above     *int       `json:"above"`
	CostToMin *int64     `json:"costToMin" doc:"what it costs per year, in actual pay, to bring everybody up to the minimum; also missing when it would reveal the pay of fewer than smallGroup people"`
	MidStep   *MidStep   `json:"midStep,omitempty" doc:"how much the midpoint rises over the level below"`
	Overlap   *OverlapOf `json:"overlap,omitempty" doc:"how much of the band below it overlaps with this one"`
	Hidden    bool       `json:"hidden" doc:"the group is small, or its figures would give a small group away"`
	People    []Dot      `json:"people,omitempty"`
	Buckets   *Buckets   `json:"buckets,omitempty"`
}

// Compas are percentiles of the compa-ratio.
type Compas struct {
	P10 float64 `json:"p10"`
	P50 float64 `json:"p50"`
	P90 float64 `json:"p90"`
}

// MidStep is a midpoint progression.
type MidStep struct {
	From     string  `json:"from"`
	Percent  float64 `json:"percent"`
	Check    Check   `json:"check" enum:"ok,low,high"`
	Expected string  `json:"expected" example:"15–25 %"`
	Why      string  `json:"why" doc:"where the range comes from, in words"`
}

// OverlapOf is an overlap in percent of the lower band.
type OverlapOf struct {
	Percent float64 `json:"percent"`
	With    string  `json:"with"`
}

// Dot is one person in a band.
type Dot struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Pay    int64     `json:"pay"`
	Bucket Bucket    `json:"bucket" enum:"below,q1,q2,q3,q4,above"`
}

// Buckets counts people in each part of a band.
type Buckets struct {
	Below int `json:"below"`
	Q1    int `json:"q1"`
	Q2    int `json:"q2"`
	Q3    int `json:"q3"`
	Q4    int `json:"q4"`
	Above int `json:"above"`
}

// HeatRow is a location in the heat map.
type HeatRow struct {
	Location string     `json:"location"`
	Cells    []HeatCell `json:"cells"`
}

// HeatCell is a level at a location.
type HeatCell struct {
	Level       string   `json:"level"`
	Headcount   int      `json:"headcount"`
	MedianCompa *float64 `json:"medianCompa"`
	Hidden      bool     `json:"hidden"`
}

// Outlier is a person below or above the band.
type Outlier struct {
	Person   process.PersonRef `json:"person"`
	Level    string            `json:"level"`
	Location string            `json:"location"`
	Bucket   Bucket            `json:"bucket" enum:"below,above"`
	Compa    float64           `json:"compa"`
	Pay      money.Amount      `json:"pay"`
	Gap      money.Amount      `json:"gap"`
}

// Warning is something about a level that somebody should check.
type Warning struct {
	Level string `json:"level"`
	Text  string `json:"text"`
}

// Totals are over the rows whose figures are shown, so they give nothing away.
type Totals struct {
	People    int           `json:"people"`
	Hidden    int           `json:"hidden" doc:"rows that are hidden and not counted"`
	Below     int           `json:"below"`
	Above     int           `json:"above"`
	CostToMin *money.Amount `json:"costToMin,omitempty" doc:"missing when the rows have several currencies, or when that of one row is missing"`
}

// Explanation shows how the figures of a row are calculated.
type Explanation struct {
	Figures []Figure `json:"figures"`
}

// Figure is one number with its formula.
type Figure struct {
	Name        string `json:"name"`
	Formula     string `json:"formula"`
	Substituted string `json:"substituted" doc:"the formula with the numbers in it"`
	Value       string `json:"value"`
}

// OwnBand is the actor's own band and pay.
type OwnBand struct {
	Band   BandRef      `json:"band"`
	Pay    money.Amount `json:"pay" doc:"base pay for a year of full time"`
	FTE    float64      `json:"fte"`
	Compa  float64      `json:"compa" doc:"pay / midpoint"`
	Bucket Bucket       `json:"bucket" enum:"below,q1,q2,q3,q4,above"`
	Set    OwnSet       `json:"set"`
}

// BandRef is a band without its people.
type BandRef struct {
	Level    string `json:"level"`
	Location string `json:"location"`
	Currency string `json:"currency"`
	Min      int64  `json:"min"`
	Mid      int64  `json:"mid"`
	Max      int64  `json:"max"`
}

// OwnSet names the band set of one's own band.
type OwnSet struct {
	Name      string     `json:"name"`
	ValidFrom clock.Date `json:"validFrom"`
}
