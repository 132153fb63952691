package ladder

// Pair gives each text of is the most alike unused text of was, by its place,
// or -1: texts that are versions of one expectation. Importers keep uids with it.
func Pair(was, is []string) []int {
	points := func(texts []string) []Point {
		out := make([]Point, len(texts))
		for i, text := range texts {
			out[i].Text = text
		}
		return out
	}
	return pairPoints(points(was), points(is))
}

// Unreadable says why a ladder file must not have the text: characters that
// cannot be seen, HTML, or a link that runs a script. The findings have no
// place; importers add theirs.
func Unreadable(text string) Findings {
	r := &reader{}
	r.readable(text, Position{}, "")
	return r.findings
}
