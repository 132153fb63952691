package ladder

func (v *validator) expectations() {
	seen := map[[2]string]bool{}
	for i, e := range v.document.Expectations {
		path := at("expectations", i)
		key := [2]string{e.Level, e.Competency}
		if seen[key] {
			v.failf(path, "keep one of them", "%s at %s is expected twice", e.Competency, e.Level)
		}
		seen[key] = true
		v.knownLevel(e.Level, path+"/level")
		entry, ok := v.knownCompetency(e.Competency, path+"/competency")
		if scale, known := v.scaleOf(entry); ok && known && scale.index(e.Min) < 0 {
			v.failf(path+"/min", "name a point of the competency's scale", "%q is not a point of the scale of %s", e.Min, e.Competency)
		}
	}
}

func (v *validator) knownCompetency(code, path string) (Entry, bool) {
	entry, ok := v.document.Entry(code)
	if !ok && v.complete {
		v.failf(path, "name a competency of this ladder", "competency %q does not exist", code)
	}
	return entry, ok
}

func (v *validator) catalogue() {
	distinct(v, v.document.Technologies, "/technologies", "technology group", func(g Technologies) string { return g.Code })
	distinct(v, v.document.Designations, "/designations", "designation", func(d Designation) string { return d.Code })
	for i, group := range v.document.Technologies {
		distinct(v, group.Items, at("technologies", i, "items"), "technology", func(item string) string { return item })
	}
}

func (v *validator) translations() {
	texts := v.document.texts()
	seen := map[[2]string]bool{}
	for i, t := range v.document.Translations {
		path := at("translations", i)
		if key := [2]string{t.Locale, t.Of}; seen[key] {
			v.failf(path, "keep one of them", "%s is translated to %s twice", t.Of, t.Locale)
		} else {
			seen[key] = true
		}
		if !texts[t.Of] && v.complete {
			v.failf(path+"/of", "name a uid, or a path such as competencies/CODE/name, levels/CODE/title or scales/NAME/POINT/label", "there is no text %q", t.Of)
		}
	}
}

func (v *validator) layers() {
	for i, ref := range v.document.Layers {
		if _, _, err := ref.target(); err != nil {
			v.failf(at("layers", i, "from"), "write the slug and a range, such as company-generic@^3", "%s", err)
		}
	}
	distinct(v, v.document.Layers, "/layers", "layer", func(l LayerRef) string { slug, _, _ := l.target(); return slug })
}
