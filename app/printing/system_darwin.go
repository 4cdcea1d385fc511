package printing

func show(path string) error { return start("open", path) }
