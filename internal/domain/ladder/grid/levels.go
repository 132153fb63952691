package grid

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// levelGuess is a header that was read as a level; sure is 0 if it is not a
// level, 1 for a word or number, 2 for a code.
type levelGuess struct {
	code, title string
	manages     bool
	rank        float64 // its height among headers of the same kind, -1 when nothing tells
	sure        int
}

var (
	codeWord  = regexp.MustCompile(`(?i)\b(IC|EM|SE|SWE|SDE|SRE|TPM|PM|TL|CL|PE|L|E|M|P|T|D|S|G|A|K)[ -]?(\d{1,2})(\.\d{1,2}|[a-d])?\b`)
	levelWord = regexp.MustCompile(`(?i)\b(level|grade|band|step|stage|stufe|niveau)\s*[:#-]?\s*(\d{1,2}|[IVX]{1,4})\b`)
	wordish   = regexp.MustCompile(`\S*[\pL\pN]\S*`)
	bare      = regexp.MustCompile(`^\d{1,2}(\.\d{1,2})?$`)
	manages   = regexp.MustCompile(`(?i)\b(manager|director|head of|vp|vice president|cto|chief)\b`)
	// A product manager does not manage people.
	managesWork = regexp.MustCompile(`(?i)\b(product|program|programme|project|account|delivery) manager`)
	edges       = " \t\n-–—:|/,.()[]"
)

// These are words of titles with their usual height.
var words = []struct {
	pattern *regexp.Regexp
	rank    float64
}{
	{word("intern|trainee|apprentice|graduate"), 0},
	{word("junior|jr|associate|entry|beginner"), 1},
	{word("distinguished|fellow"), 8},
	{word("senior principal"), 7.5},
	{word("principal"), 7},
	{word("senior staff"), 6.5},
	{word("staff"), 6},
	{word("cto|chief"), 10},
	{word("vp|vice president"), 9},
	{word("senior director"), 8.5},
	{word("director|head of"), 8},
	{word("senior (engineering )?manager"), 7},
	{word("manager"), 6},
	{word("lead|architect"), 5},
	{word("senior|sr"), 4},
	{word("mid|middle|mid-level|intermediate|regular|professional"), 3},
	{word("engineer|developer|analyst|designer|scientist"), 2},
	{regexp.MustCompile(`(?i)^novice$`), 0},
	{regexp.MustCompile(`(?i)^advanced$`), 4},
	{regexp.MustCompile(`(?i)^expert$`), 6},
}

func word(list string) *regexp.Regexp { return regexp.MustCompile(`(?i)\b(` + list + `)\b`) }

// levelReader knows which texts a person said are levels. If they named some, no
// other text is one; the levels of whole files come in addition.
type levelReader struct {
	chosen, files map[string]bool
}

func (o Options) levels(files []Input) levelReader {
	l := levelReader{chosen: map[string]bool{}, files: map[string]bool{}}
	for _, text := range o.Levels {
		l.chosen[keyOf(text)] = true
	}
	for _, f := range files {
		if f.Level != "" {
			l.files[keyOf(f.Level)] = true
		}
	}
	return l
}

func (l levelReader) said(text string) bool {
	return text != "" && (l.chosen[keyOf(text)] || l.files[keyOf(text)])
}

// read reads a header as a level if it can.
func (l levelReader) read(text string) levelGuess {
	guess := readLevel(text)
	switch {
	case l.said(text):
		if guess.sure == 0 {
			guess = levelGuess{code: slug(text, 30), title: oneLine(text), rank: -1}
		}
		guess.sure = 2
	case len(l.chosen) > 0:
		return levelGuess{}
	}
	return guess
}

// maxHeaderWords keeps sentences from being read as levels.
const maxHeaderWords = 8

// maxHeaderBytes keeps whole pages from being looked at word by word.
const maxHeaderBytes = 2000

// readLevel reads a header as a level if it can.
func readLevel(header string) levelGuess {
	if len(header) > maxHeaderBytes {
		return levelGuess{}
	}
	text := oneLine(norm.NFKC.String(header))
	if text == "" || len(wordish.FindAllString(text, maxHeaderWords+1)) > maxHeaderWords {
		return levelGuess{}
	}
	g := levelGuess{rank: -1, manages: manages.MatchString(text) && !managesWork.MatchString(text)}
	switch {
	case bare.MatchString(text):
		g.code, g.sure = text, 1
		g.rank, _ = strconv.ParseFloat(text, 64)
		return g
	case codeWord.MatchString(text):
		at := codeWord.FindStringSubmatchIndex(text)
		prefix := strings.ToUpper(text[at[2]:at[3]])
		number, part := text[at[4]:at[5]], ""
		if at[6] >= 0 {
			part = text[at[6]:at[7]]
		}
		g.code, g.title, g.sure = prefix+number+part, strings.Trim(text[:at[0]]+" "+text[at[1]:], edges), 2
		g.rank, _ = strconv.ParseFloat(number+stepOf(part), 64)
		g.manages = g.manages || prefix == "M" || prefix == "EM"
	case levelWord.MatchString(text):
		at := levelWord.FindStringSubmatchIndex(text)
		number := text[at[4]:at[5]]
		if n := roman[strings.ToUpper(number)]; n > 0 {
			number = strconv.Itoa(n)
		}
		g.code, g.title, g.sure = "L"+number, strings.Trim(text[:at[0]]+" "+text[at[1]:], edges), 2
		g.rank, _ = strconv.ParseFloat(number, 64)
	default:
		for _, w := range words {
			if w.pattern.MatchString(text) {
				g.code, g.title, g.rank, g.sure = slug(text, 30), text, w.rank+numeral(text), 1
				break
			}
		}
		if g.code == "" {
			return levelGuess{}
		}
	}
	g.title = oneLine(g.title)
	return g
}

var roman = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}

// stepOf makes a fraction from the letter of a step, such as 3a.
func stepOf(part string) string {
	if part == "" || part[0] == '.' {
		return part
	}
	return ".0" + strconv.Itoa(int(part[0]|0x20-'a')+1)
}

// numeral puts Engineer II above Engineer I.
func numeral(text string) float64 {
	fields := strings.Fields(text)
	last := fields[len(fields)-1]
	if n := roman[last]; n > 0 {
		return float64(n) / 100
	}
	if n, err := strconv.ParseUint(last, 10, 4); err == nil {
		return float64(n) / 100
	}
	return 0
}
