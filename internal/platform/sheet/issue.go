package sheet

// Code is the stable name of a kind of issue. Codes starting with W are warnings.
type Code string

// These are the issues that this package finds or that importers of people, bands
// and pay add.
const (
	UnknownEmployee   Code = "E001"
	DuplicateRow      Code = "E002"
	NotANumber        Code = "E003"
	TooManyDecimals   Code = "E004"
	UnknownCurrency   Code = "E005"
	EndedCurrency     Code = "E006"
	NoSuchDate        Code = "E007"
	AmbiguousDate     Code = "E008"
	BandOrder         Code = "E009"
	BandOverlap       Code = "E010"
	BadFTE            Code = "E011"
	NegativeAmount    Code = "E012"
	UnknownLevel      Code = "E013"
	NoRate            Code = "E014"
	BeforeHire        Code = "E015"
	WrongLength       Code = "E016"
	EmptyValue        Code = "E017"
	AmbiguousNumber   Code = "E018"
	BadEmail          Code = "E019"
	UnknownValue      Code = "E020"
	MissingColumn     Code = "E021"
	DuplicateColumn   Code = "E022"
	BadQuoting        Code = "E023"
	UnreadableText    Code = "E024"
	FileTooLarge      Code = "E025"
	FileBroken        Code = "E026"
	OwnPay            Code = "E027"
	WrongContent      Code = "E028"
	OwnGain           Code = "E029"
	OtherError        Code = "E100"
	LargeChange       Code = "W101"
	OutsideBand       Code = "W103"
	SpacesTrimmed     Code = "W105"
	OddProgression    Code = "W106"
	MidNotMiddle      Code = "W107"
	FormulaAsText     Code = "W120"
	RepeatedUnusedCol Code = "W121"
	ShownOtherwise    Code = "W122"
	TextAboveHeader   Code = "W123"
	TwoDigitYears     Code = "W124"
	InvisibleRemoved  Code = "W125"
	OtherWarning      Code = "W199"
)

// Warning reports whether the issue leaves the row usable.
func (c Code) Warning() bool { return c != "" && c[0] == 'W' }

// Issue is one problem at one place of the file. The message never repeats the value, so that it can be masked.
type Issue struct {
	Code    Code
	File    string
	Line    int    // physical line, 1 is the header; 0 when the whole file is meant
	Column  int    // 1 is the first column; 0 when the whole row is meant
	Header  string // as it is in the file
	Key     string // the field's key, empty when the column is not mapped
	Value   string
	Secret  bool
	Message string
	Fix     string
}
