package desk

import "peixun/app"

// OpenFile shows a file with the system's program for it and does not wait for its end.
func OpenFile(path string) error { return app.OpenFile(path) }
