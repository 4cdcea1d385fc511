// Package locale gives the program a language where the system names none: LANG=C, as in containers and scheduled jobs.
//
// Fyne looks for the language while its packages start, before main, and complains on standard error of one that it does not know.
// Go starts packages in the order of their import paths as soon as those that they import have started: this one imports nothing but
// os, and so comes before Fyne's, which wait for text/template.
package locale

import "os"

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		switch value := os.Getenv(name); value {
		case "":
		case "C", "POSIX", "C.UTF-8", "C.utf8":
			if name == "LC_ALL" { // it rules over how bytes are read too, which stays as it was
				os.Setenv("LC_CTYPE", value)
			}
			if name != "LANG" {
				os.Unsetenv(name)
			}
		default:
			return
		}
	}
	os.Setenv("LC_MESSAGES", "zh_CN.UTF-8")
}
