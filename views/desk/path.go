package desk

import "strings"

// ShownPath writes an organisation's path for people: 内科 › 一病区.
func ShownPath(path string) string { return strings.ReplaceAll(path, "/", " › ") }
